//! Addresses that open a place of a file in an editor.

use std::path::Path;
use std::str::FromStr;

use crate::diagnostic::{Position, SourcePath};
use crate::markdown::percent_encode;

/// The editors whose addresses are known, each with its own.
const KNOWN: &[(&str, &str)] = &[
    ("vscode", "vscode://file/{file}:{line}:{column}"),
    ("vscodium", "vscodium://file/{file}:{line}:{column}"),
    ("cursor", "cursor://file/{file}:{line}:{column}"),
    ("zed", "zed://file/{file}:{line}:{column}"),
    ("idea", "idea://open?file=/{file}&line={line}&column={column}"),
];

/// How an editor is told to open a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Editor {
    template: String,
}

impl FromStr for Editor {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        if let Some((_, template)) = KNOWN.iter().find(|(name, _)| *name == word) {
            return Ok(Self { template: (*template).to_owned() });
        }
        if word.contains("{file}") && word.contains(':') {
            return Ok(Self { template: word.to_owned() });
        }
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        Err(format!("it is one of {}, or an address with {{file}} in it", names.join(", ")))
    }
}

impl Editor {
    /// The address of a place in a file of the project at `root`.
    pub(super) fn address(&self, root: &Path, path: &SourcePath, at: Position) -> String {
        let file = root.join(path.as_str()).to_string_lossy().replace('\\', "/");
        // The templates have the slash that an absolute path begins with.
        let file = file.trim_start_matches('/');
        // The colon behind a drive stays; a percent sign of the path itself has become `%25`.
        let file = percent_encode(file).replace("%3A", ":");
        self.template.replace("{file}", &file).replace("{line}", &at.line.to_string()).replace("{column}", &at.column.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_known_by_name_or_told_by_its_address() {
        let at = Position { line: 3, column: 7, utf16: 6 };
        let address = |word: &str| word.parse::<Editor>().unwrap().address(Path::new("/home/a b"), &SourcePath::from("content/é.md"), at);
        assert_eq!(address("vscode"), "vscode://file/home/a%20b/content/%C3%A9.md:3:7");
        assert_eq!(address("x://open?f=/{file}&l={line}"), "x://open?f=/home/a%20b/content/%C3%A9.md&l=3");
        assert!("ed".parse::<Editor>().is_err());
    }
}
