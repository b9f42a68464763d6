//! On which pages of a PDF the incidents of a packet begin. Chromium leaves a named destination for each fragment that some link of the page leads to
//! (ISO 32000-1, 12.3.2.3), so the links of the contents are enough.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, ObjectIdentifier};

use super::super::Failure;
use crate::render::part_ids;

/// The pages of a packet as it was printed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pages {
    /// How many there are.
    pub(super) count: usize,
    /// Those on which the incidents begin, from 1.
    pub(super) of_parts: Vec<usize>,
}

impl Pages {
    /// Reads a PDF of so many incidents.
    ///
    /// # Errors
    /// It is none, or does not say where the incidents begin.
    pub(super) fn read(pdf: Vec<u8>, incidents: usize) -> Result<Self, Failure> {
        let pdf = Pdf::new(pdf).map_err(|_| Failure("what Chromium printed is no PDF that can be read".to_owned()))?;
        let pages: Vec<Option<ObjectIdentifier>> = pdf.pages().iter().map(|page| page.raw().obj_id()).collect();
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        let destinations = catalog.and_then(|catalog| catalog.get::<Dict<'_>>("Dests")).unwrap_or_default();
        let begin = |part: String| {
            let destination = destinations.get::<Array<'_>>(&part)?;
            let page = destination.raw_iter().next()?.as_obj_ref()?;
            pages.iter().position(|id| *id == Some(page.into())).map(|place| place + 1)
        };
        let of_parts: Option<Vec<usize>> = part_ids(incidents).map(begin).collect();
        let of_parts =
            of_parts.ok_or_else(|| Failure("the PDF that Chromium printed does not say where the incidents begin".to_owned()))?;
        Ok(Self { count: pages.len(), of_parts })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::Pages;

    /// A PDF of three pages, in a tree as Chromium makes one of many, whose parts begin on the second and the third.
    fn pdf() -> String {
        let objects = [
            "<</Type /Catalog /Pages 2 0 R /Dests <</part-1 [6 0 R /XYZ 0 842 0] /part-2 [4 0 R /XYZ 0 842 0]>>>>",
            "<</Type /Pages /Kids [3 0 R 4 0 R] /Count 3>>",
            "<</Type /Pages /Parent 2 0 R /Kids [5 0 R 6 0 R] /Count 2>>",
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>",
            "<</Type /Page /Parent 3 0 R /MediaBox [0 0 595 842]>>",
            "<</Type /Page /Parent 3 0 R /MediaBox [0 0 595 842]>>",
        ];
        let (mut text, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
        for (n, object) in objects.iter().enumerate() {
            writeln!(table, "{:010} 00000 n ", text.len()).unwrap();
            write!(text, "{} 0 obj\n{object}\nendobj\n", n + 1).unwrap();
        }
        let start = text.len();
        format!("{text}xref\n0 7\n{table}trailer\n<</Size 7 /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n")
    }

    #[test]
    fn destinations_are_counted_in_the_order_of_pages() {
        let pages = Pages::read(pdf().into_bytes(), 2).unwrap();
        assert_eq!(pages, Pages { count: 3, of_parts: vec![2, 3] });
    }

    #[test]
    fn a_pdf_that_does_not_say_is_refused() {
        let told = |pdf: String, incidents| Pages::read(pdf.into_bytes(), incidents).unwrap_err().0;
        assert_eq!(told(pdf(), 3), "the PDF that Chromium printed does not say where the incidents begin");
        assert_eq!(told(pdf().replace("[4 0 R", "[9 0 R"), 2), "the PDF that Chromium printed does not say where the incidents begin");
        assert_eq!(told("not a PDF".into(), 1), "what Chromium printed is no PDF that can be read");
    }
}
