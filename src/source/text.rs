//! The text a file is, where it is one.

use std::borrow::Cow;

/// The text some bytes are: UTF-8, UTF-16 by its mark, or an older encoding, in nearly all of which letters without accents are the same; nothing where
/// they are none.
#[must_use]
pub fn as_text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let utf16 = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().skip(1).map(|pair| unit(*pair)).collect();
        Some(Cow::Owned(String::from_utf16_lossy(&units)))
    };
    match bytes {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        _ if bytes.contains(&0) => None,
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed).or_else(|| {
            let is_text = !bytes.iter().any(|byte| matches!(byte, 0..9 | 14..32 | 127));
            is_text.then(|| Cow::Owned(bytes.iter().copied().map(char::from).collect()))
        }),
    }
}
