//! Files that are no text: pictures with what cameras and programs write into them, and whatever else has plain strings in it.

use super::{Budget, Origin, Reading, Unseen, markup};

/// The fewest characters of a string; shorter ones are everywhere by chance.
const SHORTEST: usize = 5;

/// The first bytes of files whose content is packed in a way that is not undone here.
const PACKED: [(&[u8], &str); 12] = [
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP, or a document made of one"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"\xfd7zXZ", "XZ"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"BZh", "bzip2"),
    (b"wOF2", "a font"),
    (b"wOFF", "a font"),
    (b"\x00\x01\x00\x00", "a font"),
    (b"OTTO", "a font"),
    (b"\x1aE\xdf\xa3", "a film"),
];

/// The first bytes of pictures.
const PICTURES: [&[u8]; 8] = [PNG, b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\x01\0", b"8BPS"];

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Reads the strings of a file, and says what else there is in it that cannot be read.
pub(super) fn read(bytes: &[u8], budget: &mut Budget, reading: &mut Reading) -> Option<Unseen> {
    strings(bytes, reading);
    for little in [true, false] {
        for first in 0..2 {
            wide_strings(bytes, first, little, reading);
        }
    }
    let damaged = if bytes.starts_with(PNG) { packed_chunks(bytes, budget, reading) } else { None };
    damaged.map(Unseen::Damaged).or_else(|| unseen(bytes))
}

fn unseen(bytes: &[u8]) -> Option<Unseen> {
    let is_riff = |kind: &[u8]| bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(kind);
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"));
    if PICTURES.iter().any(|magic| bytes.starts_with(magic)) || is_riff(b"WEBP") {
        return Some(Unseen::Picture);
    }
    match brand {
        Some(b"avif" | b"avis" | b"heic" | b"heix" | b"mif1") => return Some(Unseen::Picture),
        Some(_) => return Some(Unseen::Packed("a film")),
        None => {}
    }
    let known = PACKED.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what);
    (!bytes.is_empty()).then(|| Unseen::Packed(known.unwrap_or("of no known kind")))
}

/// Strings in UTF-8, of which ASCII is a part.
fn strings(bytes: &[u8], reading: &mut Reading) {
    let mut offset = 0;
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        for string in valid.split(|c: char| c.is_control() && !c.is_whitespace()) {
            let at = string.as_ptr().addr() - valid.as_ptr().addr();
            if string.chars().nth(SHORTEST - 1).is_some() {
                reading.body.end_block();
                markup::markup(string, Origin::Verbatim(offset + at), 0, reading);
            }
        }
        offset += valid.len() + chunk.invalid().len();
    }
}

/// Strings in UTF-16 with letters of Europe, as programs for Windows write them into pictures.
fn wide_strings(bytes: &[u8], first: usize, little: bool, reading: &mut Reading) {
    let mut string = String::new();
    let pairs = bytes.get(first..).unwrap_or_default().as_chunks::<2>().0;
    for (n, pair) in pairs.iter().chain([&[0, 0]]).enumerate() {
        let unit = if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) };
        if let Some(c) = char::from_u32(unit.into()).filter(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{24f}')) {
            string.push(c);
            continue;
        }
        let length = string.chars().count();
        if length >= SHORTEST {
            reading.body.end_block();
            markup::markup(&string, Origin::Decoded(first + 2 * (n - length)), 0, reading);
        }
        string.clear();
    }
}

/// The texts of a PNG that are packed (zTXt, iTXt; PNG, third edition, 11.3.3), and why one of them cannot be had.
fn packed_chunks(bytes: &[u8], budget: &mut Budget, reading: &mut Reading) -> Option<String> {
    let mut at = PNG.len();
    let mut damaged = None;
    while let Some((length, rest)) = bytes.get(at..).and_then(<[u8]>::split_first_chunk::<4>) {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((kind, data)) = rest.split_first_chunk::<4>() else { break };
        let data = data.get(..length.min(data.len())).unwrap_or_default();
        // A keyword that ends with a zero; then flags, and in iTXt a language and the keyword in it, both with a zero.
        let after = |data: &'_ [u8], zeros: usize| {
            let end = data.iter().enumerate().filter(|(_, byte)| **byte == 0).nth(zeros - 1).map(|(at, _)| at + 1);
            end.unwrap_or(data.len())
        };
        let packed = match kind {
            b"zTXt" => data.get(after(data, 1) + 1..),
            b"iTXt" => {
                let flags = after(data, 1);
                let is_packed = data.get(flags) == Some(&1);
                data.get(flags + 2..).filter(|_| is_packed).and_then(|data| data.get(after(data, 2)..))
            }
            _ => None,
        };
        match packed.map(|packed| budget.inflated(flate2::read::ZlibDecoder::new(packed))) {
            Some(Ok(plain)) => {
                // The text of zTXt is Latin-1, in which every byte is a character.
                let latin = || plain.iter().copied().map(char::from).collect();
                let text = std::str::from_utf8(&plain).map_or_else(|_| latin(), str::to_owned);
                reading.body.end_block();
                markup::markup(&text, Origin::Decoded(at), 0, reading);
            }
            Some(Err(why)) => damaged = Some(format!("a text in it {why}")),
            None => {}
        }
        at = at.saturating_add(length).saturating_add(12);
    }
    damaged
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::super::tests::read_text;
    use super::*;

    fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
        [&u32::try_from(data.len()).unwrap().to_be_bytes(), kind, data, &[0; 4]].concat()
    }

    fn zlib(text: &str) -> Vec<u8> {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn what_is_written_into_a_picture_is_read_packed_or_not() {
        let long = "a sentence that is packed ".repeat(9);
        let chunks = [
            chunk(b"tEXt", b"Comment\0plain words here"),
            chunk(b"zTXt", &[b"Comment\0\0", &zlib(&long)[..]].concat()),
            chunk(b"iTXt", &[b"Comment\0\x01\0en\0Comment\0", &zlib("other words, gone in")[..]].concat()),
            chunk(b"IDAT", &[0xff, 1, 2, 0xfe]),
        ];
        let picture = [PNG, &chunks.concat()].concat();
        let read = read_text("a.png", &picture);
        for words in ["plain words here", long.trim(), "other words, gone in"] {
            assert!(read.contains(words), "{words}: {read}");
        }
        assert_eq!(unseen(&picture), Some(Unseen::Picture));
    }

    #[test]
    fn all_that_is_packed_in_a_picture_is_read_up_to_one_limit() {
        let ztxt = |packed: &[u8]| chunk(b"zTXt", &[b"Comment\0\0", packed].concat());
        let packed = zlib(&"word ".repeat(20));
        let read = |chunks: &[Vec<u8>], limit| {
            let mut reading = Reading::default();
            let damaged = packed_chunks(&[PNG, &chunks.concat()].concat(), &mut Budget(limit), &mut reading);
            (reading.whole().as_str().matches("word").count(), damaged)
        };
        let too_much = Some("a text in it unpacks to more than the 128 MiB that are read of a file".to_owned());
        assert_eq!(read(&[ztxt(&packed), ztxt(&packed), ztxt(&packed)], 300), (60, None));
        assert_eq!(read(&[ztxt(&packed), ztxt(&packed), ztxt(&packed)], 299), (40, too_much.clone()));
        let mut cut = packed.clone();
        cut.truncate(packed.len() - 4);
        assert_eq!(read(&[ztxt(&cut), ztxt(&packed)], 150), (0, too_much), "what is damaged counts as well");
    }

    #[test]
    fn strings_are_read_in_two_encodings() {
        let wide: Vec<u8> = "Überlegung".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = [&b"\xff\xd8\xff\xe1<rdf>in \xc3\xa9 XMP</rdf>\x00\x01ab\x02"[..], &wide, b"\x00\x00\xff"].concat();
        let read = read_text("a.jpg", &bytes);
        assert!(read.contains("in é XMP") && read.contains("Überlegung") && !read.contains("ab"), "{read}");
    }

    #[test]
    fn what_is_packed_otherwise_is_told() {
        assert_eq!(unseen(b"%PDF-1.7\n\x00"), Some(Unseen::Packed("PDF")));
        assert_eq!(unseen(b"\0\0\0\x20ftypavif"), Some(Unseen::Picture));
        assert_eq!(unseen(b"\x01\x02"), Some(Unseen::Packed("of no known kind")));
        assert_eq!(unseen(b""), None);
    }
}
