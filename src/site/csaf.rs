//! Which incidents are told as CSAF documents, and where.

use std::collections::HashSet;

use super::{OutPath, Site};
use crate::diagnostic::Diagnostic;
use crate::parse::INVALID_VALUE;

/// The postmortems that are told as CSAF: security incidents with a date, on a site that knows the address by which its publisher is known. One
/// whose id makes no name of a file, or that of another, is not, and a finding says so.
pub(super) fn told(site: &Site) -> (Vec<usize>, Vec<Diagnostic>) {
    let (mut told, mut findings, mut taken) = (Vec::new(), Vec::new(), HashSet::new());
    if site.base_url().is_none() {
        return (told, findings);
    }
    let may_be = site.gists.iter().enumerate().filter(|(_, gist)| gist.is_dated_security_incident);
    for (n, postmortem) in may_be.filter_map(|(n, _)| Some((n, site.postmortem(n)?))) {
        let url = url(&postmortem.id);
        let flaw = match OutPath::new(&url) {
            Err(bad) => Some(bad.flaw),
            Ok(_) if !taken.insert(url) => Some("the name that another one has"),
            Ok(_) => None,
        };
        match flaw {
            None => told.push(n),
            Some(flaw) => {
                let message = format!("`{}` gives the CSAF document of this incident {flaw}, so there is none", postmortem.id.value);
                let finding = Diagnostic::new(INVALID_VALUE, &postmortem.head.path, postmortem.id.span, message);
                findings.push(finding.help("give the incident an `id` of letters, digits and dashes that no other has"));
            }
        }
    }
    (told, findings)
}

/// The address of a CSAF document by its identifier. The name of the file is the standard's (CSAF 2.0, §5.1): in lower case, with `_` for any run
/// of characters but letters, digits, `+` and `-`.
pub(super) fn url(id: &str) -> String {
    let mut url = String::from("csaf/");
    for c in id.to_lowercase().chars() {
        let kept = if c.is_ascii_alphanumeric() || matches!(c, '+' | '-') { c } else { '_' };
        if kept != '_' || !url.ends_with('_') {
            url.push(kept);
        }
    }
    url + ".json"
}

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn the_name_of_the_file_is_that_of_the_standard() {
        // Its own examples.
        let names = ["Example Company - 2019-YH3234", "RHBA-2019:0024", "cisco-sa-20190513-secureboot"].map(url);
        assert_eq!(
            names,
            ["csaf/example_company_-_2019-yh3234.json", "csaf/rhba-2019_0024.json", "csaf/cisco-sa-20190513-secureboot.json"]
        );
        assert_eq!(url("Ä/../b  c"), "csaf/_b_c.json");
    }
}
