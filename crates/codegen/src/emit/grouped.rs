//! A file of the crate that may have files of its own for groups, in a folder of its name.

use super::Context;
use super::needs::Needs;
use super::print::{Printed, Printer};
use crate::groups::GroupId;
use crate::public_api::{Module, PublicItem};

/// Files in the making: one for all, and those of the groups.
pub(super) struct Grouped<'a> {
    context: &'a Context<'a>,
    module: Module,
    root: Printer<'a>,
    groups: Vec<Option<Printer<'a>>>,
}

/// The printed files, by path in the crate, with what their items need and which are public.
#[derive(Debug, Default)]
pub(super) struct PrintedFiles {
    pub(super) files: Vec<(String, String)>,
    pub(super) needs: Needs,
    pub(super) public: Vec<PublicItem>,
}

/// What a file of several is about.
pub(super) struct Purpose<'a> {
    /// The name of the module.
    pub(super) name: &'a str,
    /// What the whole module is for.
    pub(super) whole: &'a str,
    /// What the file of a group is for.
    pub(super) of_group: fn(&str) -> String,
    /// Whether the module exports what its groups have.
    pub(super) exports: bool,
}

impl<'a> Grouped<'a> {
    /// Files whose public items users name by `module`.
    pub(super) fn new(context: &'a Context<'a>, module: Module) -> Self {
        let groups = context.groups.names.iter().map(|_| None);
        Self {
            context,
            module,
            root: Printer::new(context, module),
            groups: groups.collect(),
        }
    }

    /// The file of a group, or the one for all.
    pub(super) fn file(&mut self, group: Option<GroupId>) -> &mut Printer<'a> {
        match group.and_then(|group| self.groups.get_mut(group)) {
            Some(printer) => {
                printer.get_or_insert_with(|| Printer::inner(self.context, self.module))
            }
            None => &mut self.root,
        }
    }

    /// Prints all files.
    pub(super) fn finish(mut self, purpose: &Purpose<'_>) -> Result<PrintedFiles, String> {
        let Purpose {
            name,
            whole,
            of_group,
            exports,
        } = purpose;
        let mut printed = PrintedFiles::default();
        let mut modules = String::new();
        let mut reexports = String::new();
        let names = &self.context.groups.names;
        for (group, (printer, module)) in self.groups.into_iter().zip(names).enumerate() {
            let Some(printer) = printer else { continue };
            let feature = self.context.groups.feature(group);
            let cfg = feature.map_or_else(String::new, |feature| {
                format!("#[cfg(feature = {feature:?})]\n")
            });
            // The file of a module has to be named if it is not of ASCII letters.
            let path = if module.is_ascii() {
                String::new()
            } else {
                format!("#[path = \"{name}/{module}.rs\"]\n")
            };
            modules.push_str(&format!("{cfg}{path}mod {module};\n"));
            if *exports {
                reexports.push_str(&format!("{cfg}pub use {module}::*;\n"));
            }
            let file = printer.finish(&format!("//! {}", of_group(module)))?;
            printed.add(format!("src/{name}/{module}.rs"), file);
        }
        self.root.declare(&modules, &reexports);
        let root = self.root.finish(&format!("//! {whole}"))?;
        printed.add(format!("src/{name}.rs"), root);
        Ok(printed)
    }
}

impl PrintedFiles {
    fn add(&mut self, path: String, file: Printed) {
        self.files.push((path, file.text));
        self.needs.extend(file.needs);
        self.public.extend(file.public);
    }
}
