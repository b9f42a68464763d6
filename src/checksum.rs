//! SHA-256 (FIPS 180-4), and lists of it as `sha256sum` of the coreutils writes and reads them.

use std::fmt::{self, Write as _};
use std::io::{self, Read, Write};

use sha2::Digest as _;

/// The name of the list at the top of a folder: of every built site, and of every bundle of evidence.
pub const SUMS: &str = "SHA256SUMS";

/// A SHA-256; written as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// That of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// Reads 64 hexadecimal digits, of either case.
    #[must_use]
    pub fn parse(digits: &str) -> Option<Self> {
        let mut sum = [0; 32];
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, at) in sum.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self(sum))
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A reader or a writer that hashes what passes through it.
#[derive(Debug)]
pub struct Hashed<T> {
    inner: T,
    hasher: sha2::Sha256,
    len: u64,
}

impl<T> Hashed<T> {
    /// Nothing has passed yet.
    pub fn new(inner: T) -> Self {
        Self { inner, hasher: sha2::Sha256::default(), len: 0 }
    }

    /// The hash and the number of the bytes that have passed.
    pub fn finish(self) -> (Sha256, u64) {
        (Sha256(self.hasher.finalize().into()), self.len)
    }

    fn pass(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.len += bytes.len() as u64;
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.pass(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.pass(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// The hash and the length of all that a reader still has.
///
/// # Errors
/// It cannot be read.
pub fn of_reader(reader: impl Read) -> io::Result<(Sha256, u64)> {
    let mut hashed = Hashed::new(io::sink());
    io::copy(&mut io::BufReader::with_capacity(64 * 1024, reader), &mut hashed)?;
    Ok(hashed.finish())
}

/// A list: a line of hash and path for each file. The paths must have neither line breaks nor backslashes, which the coreutils escape.
pub fn list<'a>(files: impl Iterator<Item = (&'a str, Sha256)>) -> String {
    let mut text = String::new();
    for (path, sum) in files {
        // Writing to memory does not fail.
        let _ = writeln!(text, "{sum}  {path}");
    }
    text
}

/// The lines of a list, each as hash and path; nothing for a line that is none, as an escaped one.
pub fn lines(list: &str) -> impl Iterator<Item = Option<(Sha256, &str)>> {
    list.lines().map(|line| {
        let (digits, rest) = line.split_at_checked(64)?;
        // A star stands before what was read as binary, which is another thing on systems of the past alone.
        let path = rest.strip_prefix("  ").or_else(|| rest.strip_prefix(" *")).filter(|path| !path.is_empty())?;
        Some((Sha256::parse(digits)?, path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first examples of NIST's for SHA-256: of nothing, and of `abc`.
    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_examples_of_nist_come_out() {
        assert_eq!([Sha256::of(b""), Sha256::of(b"abc")].map(|sum| sum.to_string()), [EMPTY, ABC]);
        assert_eq!(of_reader(&b"abc"[..]).unwrap(), (Sha256::of(b"abc"), 3));
        let (mut read, mut written) = (Hashed::new(&b"abc"[..]), Hashed::new(Vec::new()));
        io::copy(&mut read, &mut written).unwrap();
        assert_eq!((read.finish(), written.finish()), ((Sha256::of(b"abc"), 3), (Sha256::of(b"abc"), 3)));
    }

    #[test]
    fn digits_are_read_and_nothing_else() {
        assert_eq!(Sha256::parse(ABC), Some(Sha256::of(b"abc")));
        assert_eq!(Sha256::parse(&ABC.to_uppercase()), Some(Sha256::of(b"abc")));
        let (short, long, signed) = (&ABC[1..], format!("{ABC}0"), format!("+{}", &ABC[1..]));
        for wrong in ["", short, &long, &signed, &format!("é{}", &ABC[2..]), &format!("g{}", &ABC[1..])] {
            assert_eq!(Sha256::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_list_reads_back() {
        let text = list([("a b/c.png", Sha256::of(b"")), ("é", Sha256::of(b"abc"))].into_iter());
        assert_eq!(text, format!("{EMPTY}  a b/c.png\n{ABC}  é\n"));
        assert_eq!(lines(&text).collect::<Vec<_>>(), [Some((Sha256::of(b""), "a b/c.png")), Some((Sha256::of(b"abc"), "é"))]);
        let odd = format!("{EMPTY} *x\n{EMPTY} x\n\\{EMPTY}  a\\nb\n{EMPTY}  \n\n");
        assert_eq!(lines(&odd).collect::<Vec<_>>(), [Some((Sha256::of(b""), "x")), None, None, None, None]);
    }
}
