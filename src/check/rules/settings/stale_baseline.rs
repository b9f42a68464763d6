//! `stale-baseline`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// The baseline knows findings that are found no longer.
    ///
    /// ## Why
    ///
    /// A baseline lets a folder of old postmortems be checked from today: what was wrong with them is written down, and only what is new is
    /// told. Once a finding has been mended, its entry would hide the same mistake made again. Taking it out turns the ratchet by one tooth.
    ///
    /// ## Example
    ///
    /// A broken link of 2019 has been mended, and `afterword-baseline.json` still knows it.
    ///
    /// ## Instead
    ///
    /// ```sh
    /// afterword check --write-baseline
    /// ```
    ///
    /// The file is part of the project: commit it with the change that mended the finding.
    static STALE_BASELINE = { name: "stale-baseline", group: Settings, level: Warning, run: Run::Elsewhere }
}
