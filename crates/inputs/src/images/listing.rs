//! The source of the images of a run: a folder, a NumPy file, or a table that names them.

use std::path::Path;

use data::Table;
use data::image::{self, Invalid};
use spec::data::Data;
use spec::error::Result;
use spec::images::Images;

/// The column with the folder of each image.
pub(crate) const CLASS: &str = "class";

/// Whether a path holds images without being a table that names them.
pub fn holds_images(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    path.is_dir() || matches!(extension.as_str(), "npy" | "npz")
}

/// The images of a folder or of a NumPy file, where the settings of an experiment name some; `None` of a table.
pub fn listed(path: &Path, data: &Data) -> Result<Option<image::Images>> {
    let images = data.images.as_ref().filter(|images| images.pixels.is_none() && holds_images(path));
    images.map(|images| open(path, data, images)).transpose()
}

fn open(path: &Path, data: &Data, images: &Images) -> Result<image::Images> {
    Ok(image::Images::open(path, images.column.as_deref(), &images.input, invalid(data))?)
}

fn invalid(data: &Data) -> Invalid {
    if data.skip_invalid { Invalid::Skip } else { Invalid::Refuse }
}

/// The images of a table: that of a folder or of a NumPy file, or one with a column of paths.
pub fn of_table(table: Table, data: &Data, images: &Images) -> Result<image::Images> {
    let path = Path::new(&table.source).to_owned();
    match &images.column {
        Some(column) if !holds_images(&path) => {
            let folder = path.parent().unwrap_or(Path::new(""));
            Ok(image::Images::of_table(table, column, folder, &images.input, invalid(data))?)
        }
        _ => open(&path, data, images),
    }
}
