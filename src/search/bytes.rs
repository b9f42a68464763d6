//! The bytes of bundle files: whole numbers in base 128, texts and lists with their length before them.
//!
//! Reading trusts nothing: a file cut short or with wrong bytes gives an error, no count asks for more than the file has bytes, and what a file unfolds to
//! has a bound: a text may be written as little more than how much it shares with the one before.

/// Why a bundle file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed(pub(super) &'static str);

/// What a file says that unfolds to more than [`MOST`].
pub(super) const TOO_MUCH: Malformed = Malformed("unfolds to more than a file of a search holds");

/// Bytes of the longest term: 80 characters of four bytes.
const LONGEST_TERM: usize = 320;

/// Bytes that the texts of a file may take in memory; the largest real ones take a tenth of it.
const MOST: usize = 32 << 20;

/// Bytes that a text takes beside its letters, with what it is part of.
const BESIDE: usize = 96;

/// Appends a number, seven bits a byte, the lowest first; the high bit says that more follow.
pub(super) fn put(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

/// Appends the length of something.
pub(super) fn put_length(out: &mut Vec<u8>, length: usize) {
    put(out, u32::try_from(length).unwrap_or(u32::MAX));
}

/// Appends a text with its length in bytes.
pub(super) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_length(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

/// Appends a text as what differs from the one before: the bytes they share, then the rest.
pub(super) fn put_after(out: &mut Vec<u8>, before: &str, text: &str) {
    let shared = before.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
    put_length(out, shared);
    put_length(out, text.len() - shared);
    out.extend_from_slice(text.as_bytes().get(shared..).unwrap_or_default());
}

/// Bytes still to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    /// Bytes of memory that texts may still take.
    left: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, left: MOST }
    }

    /// Whether nothing is left.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Counts a text of so many bytes.
    fn count(&mut self, length: usize) -> Result<(), Malformed> {
        self.left = self.left.checked_sub(length + BESIDE).ok_or(TOO_MUCH)?;
        Ok(())
    }

    /// The next byte.
    pub(super) fn byte(&mut self) -> Result<u8, Malformed> {
        let (&first, rest) = self.bytes.split_first().ok_or(Malformed("ends too early"))?;
        self.bytes = rest;
        Ok(first)
    }

    /// The next `length` bytes.
    pub(super) fn bytes(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(Malformed("ends too early"))?;
        self.bytes = rest;
        Ok(taken)
    }

    /// The next number.
    pub(super) fn number(&mut self) -> Result<u32, Malformed> {
        let mut number: u32 = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f) << shift;
            number |= u32::try_from(bits).map_err(|_| Malformed("has a number out of range"))?;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Malformed("has a number out of range"))
    }

    /// The length of a list or a text that follows; every item takes at least a byte.
    pub(super) fn length(&mut self) -> Result<usize, Malformed> {
        let length = self.number()? as usize;
        if length > self.bytes.len() { Err(Malformed("promises more than it holds")) } else { Ok(length) }
    }

    /// The next text.
    pub(super) fn text(&mut self) -> Result<&'a str, Malformed> {
        let length = self.length()?;
        self.count(length)?;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| Malformed("has text that is not UTF-8"))
    }

    /// The next text of those written by [`put_after`].
    pub(super) fn after(&mut self, before: &str) -> Result<String, Malformed> {
        let shared = self.number()? as usize;
        let rest = self.length()?;
        if shared + rest > LONGEST_TERM {
            return Err(Malformed("has a term that is too long"));
        }
        self.count(shared + rest)?;
        let mut text = before.as_bytes().get(..shared).ok_or(Malformed("shares more than there is"))?.to_vec();
        text.extend_from_slice(self.bytes(rest)?);
        String::from_utf8(text).map_err(|_| Malformed("has text that is not UTF-8"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Malformed, Reader, put, put_after, put_text};

    #[test]
    fn what_is_put_is_read_again() {
        let mut bytes = Vec::new();
        for number in [0, 1, 127, 128, 16_383, 16_384, u32::MAX] {
            put(&mut bytes, number);
        }
        put_text(&mut bytes, "réseau");
        put_after(&mut bytes, "réseau", "rétro");
        let mut reader = Reader::new(&bytes);
        for number in [0, 1, 127, 128, 16_383, 16_384, u32::MAX] {
            assert_eq!(reader.number(), Ok(number));
        }
        assert_eq!(reader.text(), Ok("réseau"));
        assert_eq!(reader.after("réseau"), Ok("rétro".to_owned()));
        assert!(reader.is_empty());
    }

    #[test]
    fn false_promises_are_refused() {
        assert_eq!(Reader::new(&[0x80]).number(), Err(Malformed("ends too early")));
        assert_eq!(Reader::new(&[0xff; 9]).number(), Err(Malformed("has a number out of range")));
        assert_eq!(Reader::new(&[0xff, 0xff, 0xff, 0xff, 0x1f]).number(), Err(Malformed("has a number out of range")));
        assert_eq!(Reader::new(&[9, b'a']).text(), Err(Malformed("promises more than it holds")));
        assert_eq!(Reader::new(&[1, 0xff]).text(), Err(Malformed("has text that is not UTF-8")));
        assert_eq!(Reader::new(&[3, 0]).after("ab"), Err(Malformed("shares more than there is")));
    }
}
