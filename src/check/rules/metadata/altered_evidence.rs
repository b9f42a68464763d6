//! `altered-evidence`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A file of `evidence` does not have the SHA-256 that is stated.
    ///
    /// ## Why
    ///
    /// The hash was taken when the evidence was collected. If the file has another now, it is not what was collected: somebody opened it with a
    /// program that saved it, a tool turned its line ends, or it was replaced. Who relies on it must know before somebody else finds out.
    ///
    /// ## Example
    ///
    /// ```console
    /// $ afterword verify
    /// error[altered-evidence]: `content/postmortems/logs/proxy.txt` has another SHA-256 than stated
    /// ```
    ///
    /// ## Instead
    ///
    /// Fetch the file from where it was collected, or from the history of the repository. If the stated hash has a slip, correct it, and say in
    /// `custody` that it was corrected, when and by whom:
    ///
    /// ```yaml
    /// custody:
    ///   - {at: 2024-03-20, by: security, note: "the stated hash was that of the compressed file"}
    /// ```
    ///
    /// Git may turn line ends of text. A line `evidence/** -text` in `.gitattributes` keeps the bytes.
    ///
    /// This is found by `afterword verify` and `afterword bundle`, not by `check`, which runs at every keystroke of a preview and reads no more of
    /// a file beside the documents than it must. Nothing excuses it: no setting, no allowance and no baseline.
    static ALTERED_EVIDENCE = { name: "altered-evidence", group: Metadata, level: Error, run: Run::Verify }
}
