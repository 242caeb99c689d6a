//! External data of graphs that are symbolic links, as in the caches of hubs. The runtime looks for
//! the data beside the file that the link leads to, where it has another name.

use std::fs;
use std::io;
use std::path::Path;

/// Returns the external data beside a graph that is a symbolic link: the names of the files, and
/// their contents. There is none beside other graphs, since the runtime finds that itself.
pub(crate) fn beside_link(graph: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let (Some(folder), Some(name)) = (graph.parent(), graph.file_name()) else {
        return Ok(Vec::new());
    };
    if !fs::symlink_metadata(graph)?.is_symlink() {
        return Ok(Vec::new());
    }
    let name = name.to_string_lossy();
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let file = entry.file_name().to_string_lossy().into_owned();
        if is_data(&file, &name) {
            found.push((file, fs::read(entry.path())?));
        }
    }
    Ok(found)
}

/// Returns whether a file has the external data of a graph, by the names that exporters give: that
/// of the graph with `_data` or `.data`, and a number if there are several.
pub(crate) fn is_data(file: &str, graph: &str) -> bool {
    let rest = file.strip_prefix(graph);
    rest.is_some_and(|rest| rest.starts_with("_data") || rest.starts_with(".data"))
}
