//! What templates are given, read from the code: the views of `src/render`, their fields, kinds and doc comments.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Fields, File, GenericArgument, Item, Lit, Pat, PathArguments, Type, UseTree};

/// A type of the code: its module and its name.
pub(crate) type Name = (String, String);

/// The code of the crate.
pub(crate) struct Code {
    modules: BTreeMap<String, File>,
    /// What is brought into each module by name: where it is from.
    uses: BTreeMap<String, BTreeMap<String, Name>>,
}

/// A struct of fields, as a template meets it.
pub(crate) struct Shape {
    pub(crate) about: String,
    pub(crate) fields: Vec<Field>,
}

/// A field of a shape.
pub(crate) struct Field {
    pub(crate) name: String,
    /// The kind in words; shapes by their paths in brackets.
    pub(crate) kind: String,
    pub(crate) about: String,
}

/// The module that gives views to templates.
const PAGES: &str = "crate::render::page";

/// What every template has as `site`.
pub(crate) fn site() -> Name {
    (format!("{PAGES}::shared"), "SiteView".to_owned())
}

/// What every page says of itself.
pub(crate) fn meta() -> Name {
    (format!("{PAGES}::view"), "PageMeta".to_owned())
}

impl Code {
    pub(crate) fn read() -> Self {
        let mut modules = BTreeMap::new();
        for entry in walkdir::WalkDir::new("src").into_iter().map(Result::unwrap) {
            if entry.path().extension().is_some_and(|ending| ending == "rs") {
                let file = syn::parse_file(&fs::read_to_string(entry.path()).unwrap()).unwrap();
                modules.insert(module(entry.path()), file);
            }
        }
        let uses = modules.iter().map(|(name, file)| (name.clone(), uses(name, file))).collect();
        Self { modules, uses }
    }

    /// The view of each template: those that `render::page` prints, by their names.
    pub(crate) fn views(&self) -> BTreeMap<String, Name> {
        let mut printed = Printed { code: self, arm: None, views: BTreeMap::new() };
        printed.visit_file(&self.modules[PAGES]);
        printed.views
    }

    /// The shapes of some types, and of all that they hold, by name.
    pub(crate) fn shapes(&self, of: impl IntoIterator<Item = Name>) -> BTreeMap<Name, Shape> {
        let (mut shapes, mut open) = (BTreeMap::new(), Vec::from_iter(of));
        while let Some(name) = open.pop() {
            let mut held = BTreeSet::new();
            shapes.entry(name).or_insert_with_key(|name| self.shape(name, &mut held));
            open.extend(held);
        }
        shapes
    }

    fn shape(&self, name: &Name, held: &mut BTreeSet<Name>) -> Shape {
        let item = self.item(name).unwrap_or_else(|| panic!("{name:?} is nowhere"));
        let Item::Struct(item) = item else { panic!("{name:?} is no struct") };
        let Fields::Named(named) = &item.fields else { panic!("{name:?} has no named fields") };
        let mut fields = Vec::new();
        for field in &named.named {
            let told = serde(&field.attrs);
            if told.contains("skip") {
                continue;
            }
            if told.contains("flatten") {
                let inner = self.named(&name.0, &field.ty).unwrap_or_else(|| panic!("{name:?} flattens no struct"));
                fields.extend(self.shape(&inner, held).fields);
                continue;
            }
            assert_eq!(told, "", "{name:?}: what serde is told here is not understood yet");
            let (own, kind) = (field.ident.as_ref().unwrap().to_string(), self.kind(&name.0, &field.ty, held));
            let kind = if own.ends_with("html") { kind.replace("text", "HTML") } else { kind };
            fields.push(Field { name: own, kind, about: about(&field.attrs) });
        }
        Shape { about: about(&item.attrs), fields }
    }

    /// What a type is to a template.
    fn kind(&self, module: &str, ty: &Type, held: &mut BTreeSet<Name>) -> String {
        let (last, argument) = match ty {
            Type::Reference(reference) => return self.kind(module, &reference.elem, held),
            Type::Array(array) => return format!("list of {}", self.kind(module, &array.elem, held)),
            Type::Slice(slice) => return format!("list of {}", self.kind(module, &slice.elem, held)),
            Type::Path(path) => parts(path),
            Type::Tuple(tuple) => {
                let parts: Vec<String> = tuple.elems.iter().map(|part| self.kind(module, part, held)).collect();
                return format!("pair of {}", parts.join(" and "));
            }
            _ => panic!("{module}: a type that no template can have"),
        };
        match (last.as_str(), argument) {
            ("String" | "str" | "Cow", _) => "text".to_owned(),
            ("usize" | "u8" | "u16" | "u32" | "u64" | "i32" | "i64" | "f64", None) => "number".to_owned(),
            ("bool", None) => "yes or no".to_owned(),
            ("Option", Some(inner)) => format!("{}, or nothing", self.kind(module, inner, held)),
            ("Vec", Some(inner)) => format!("list of {}", self.kind(module, inner, held)),
            ("Box" | "Arc" | "Made", Some(inner)) => self.kind(module, inner, held),
            _ => {
                let name = self.named(module, ty).unwrap();
                if let Item::Enum(words) = self.item(&name).unwrap_or_else(|| panic!("{module}: {name:?} is nowhere")) {
                    assert_eq!(serde(&words.attrs), "rename_all=\"lowercase\"", "{name:?}");
                    let words = words.variants.iter().map(|variant| format!("`{}`", variant.ident.to_string().to_lowercase()));
                    return words.collect::<Vec<_>>().join(" or ");
                }
                held.insert(name.clone());
                format!("[{}::{}]", name.0, name.1)
            }
        }
    }

    /// The type that a path names where it is written.
    fn named(&self, module: &str, ty: &Type) -> Option<Name> {
        let Type::Path(path) = ty else { return None };
        let (last, argument) = parts(path);
        if matches!(last.as_str(), "Option" | "Box" | "Framed" | "Made" | "Vec") {
            return self.named(module, argument?);
        }
        let segments: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        Some(self.resolve(module, &segments))
    }

    /// Where something is that is called so in a module.
    fn resolve(&self, module: &str, segments: &[String]) -> Name {
        let (first, rest) = segments.split_first().unwrap();
        let (inner, name) = match (rest.split_last(), self.uses[module].get(first)) {
            (None, Some(found)) => return self.follow(found.clone()),
            (None, None) => return (module.to_owned(), first.clone()),
            (Some((name, between)), found) => {
                let start = found.map_or_else(|| absolute(module, first), |(outer, name)| format!("{outer}::{name}"));
                (std::iter::once(start.as_str()).chain(between.iter().map(String::as_str)).collect::<Vec<_>>().join("::"), name)
            }
        };
        self.follow((inner, name.clone()))
    }

    /// The same behind what a module only passes on.
    fn follow(&self, name: Name) -> Name {
        match self.uses.get(&name.0).and_then(|uses| uses.get(&name.1)) {
            Some(further) if self.item(&name).is_none() => self.follow(further.clone()),
            _ => name,
        }
    }

    fn item(&self, (module, name): &Name) -> Option<&Item> {
        self.modules.get(module)?.items.iter().find(|item| match item {
            Item::Struct(item) => item.ident == name,
            Item::Enum(item) => item.ident == name,
            Item::Fn(item) => item.sig.ident == name,
            _ => false,
        })
    }
}

/// Finds what is printed with which view.
struct Printed<'c> {
    code: &'c Code,
    /// What the variant of an enum holds that the arm is about: `listing::View::Term(view)`.
    arm: Option<Name>,
    views: BTreeMap<String, Name>,
}

impl<'c> Visit<'c> for Printed<'c> {
    fn visit_arm(&mut self, arm: &'c syn::Arm) {
        if let Pat::TupleStruct(pattern) = &arm.pat {
            let mut segments: Vec<String> = pattern.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let variant = segments.pop().unwrap();
            if segments.len() > 1 {
                let name = self.code.resolve(PAGES, &segments);
                if let Some(Item::Enum(item)) = self.code.item(&name) {
                    let held = &item.variants.iter().find(|one| one.ident == variant).unwrap().fields;
                    self.arm = self.code.named(&name.0, &held.iter().next().unwrap().ty);
                }
            }
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_call(&mut self, call: &'c syn::ExprCall) {
        let arguments: Vec<&Expr> = call.args.iter().collect();
        if let (Expr::Path(function), [_, Expr::Lit(template), view]) = (&*call.func, arguments.as_slice())
            && let Lit::Str(template) = &template.lit
            && (function.path.is_ident("print") || function.path.is_ident("print_if_there"))
        {
            let mut made = Made { code: self.code, view: None };
            made.visit_expr(view);
            let view = made.view.or_else(|| self.arm.clone()).unwrap_or_else(|| panic!("no view of {}", template.value()));
            self.views.insert(template.value(), view);
        }
        visit::visit_expr_call(self, call);
    }
}

/// Finds what makes a view.
struct Made<'c> {
    code: &'c Code,
    view: Option<Name>,
}

impl<'c> Visit<'c> for Made<'c> {
    fn visit_expr_call(&mut self, call: &'c syn::ExprCall) {
        if let Expr::Path(path) = &*call.func {
            let segments: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let name = self.code.resolve(PAGES, &segments);
            if let Some(Item::Fn(function)) = self.code.item(&name)
                && let syn::ReturnType::Type(_, ty) = &function.sig.output
            {
                self.view = self.code.named(&name.0, ty);
            }
        }
        visit::visit_expr_call(self, call);
    }
}

/// The module of a file.
fn module(path: &Path) -> String {
    let below = path.strip_prefix("src").unwrap().with_extension("");
    let parts = below.iter().map(|part| part.to_str().unwrap()).filter(|part| *part != "lib");
    std::iter::once("crate").chain(parts).collect::<Vec<_>>().join("::")
}

/// What is brought into a module.
fn uses(module: &str, file: &File) -> BTreeMap<String, Name> {
    fn walk(module: &str, before: &[String], tree: &UseTree, found: &mut BTreeMap<String, Name>) {
        let from = |before: &[String]| before.split_first().map(|(first, rest)| [&[absolute(module, first)], rest].concat().join("::"));
        match tree {
            UseTree::Path(path) => walk(module, &[before, &[path.ident.to_string()]].concat(), &path.tree, found),
            UseTree::Group(group) => group.items.iter().for_each(|tree| walk(module, before, tree, found)),
            UseTree::Name(name) if name.ident == "self" => {
                let (last, before) = before.split_last().unwrap();
                found.extend(from(before).map(|from| (last.clone(), (from, last.clone()))));
            }
            UseTree::Name(name) => found.extend(from(before).map(|from| (name.ident.to_string(), (from, name.ident.to_string())))),
            UseTree::Rename(name) => found.extend(from(before).map(|from| (name.rename.to_string(), (from, name.ident.to_string())))),
            UseTree::Glob(_) => {}
        }
    }
    let mut found = BTreeMap::new();
    for item in &file.items {
        if let Item::Use(item) = item {
            walk(module, &[], &item.tree, &mut found);
        }
    }
    found
}

/// The first part of a path, from the top of the crate: `super` of `crate::a::b` is `crate::a`, `c` there is `crate::a::b::c`.
fn absolute(module: &str, first: &str) -> String {
    match first {
        "crate" => "crate".to_owned(),
        "self" => module.to_owned(),
        "super" => module.rsplit_once("::").unwrap().0.to_owned(),
        inner => format!("{module}::{inner}"),
    }
}

/// The last name of a path and the last type it is about: `Option` and `Card` of `Option<Card>`.
fn parts(path: &syn::TypePath) -> (String, Option<&Type>) {
    let last = path.path.segments.last().unwrap();
    let argument = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        }),
        _ => None,
    };
    (last.ident.to_string(), argument)
}

/// What serde is told, without blanks.
fn serde(attributes: &[Attribute]) -> String {
    let told = attributes.iter().filter(|attribute| attribute.path().is_ident("serde"));
    told.map(|attribute| attribute.meta.require_list().unwrap().tokens.to_string().replace(' ', "")).collect()
}

/// The doc comment, on one line.
fn about(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).map(|attribute| {
        let Expr::Lit(line) = &attribute.meta.require_name_value().unwrap().value else { panic!("a doc comment is no text") };
        let Lit::Str(line) = &line.lit else { panic!("a doc comment is no text") };
        line.value().trim().to_owned()
    });
    lines.collect::<Vec<_>>().join(" ")
}
