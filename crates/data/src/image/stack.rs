//! Images that stand in one array of NumPy, `[images, height, width]` or `[images, height, width, channels]`.

use std::path::Path;

use super::arrays::{Arrays, Kind, wrong};
use super::{Array, Image, ImageShape};
use crate::nearest::listed;
use crate::{Column, Error, Result, Table, Text, Values};

/// The images of an array.
#[derive(Debug)]
pub(super) struct Stack {
    /// Of each image.
    pub shape: ImageShape,
    /// Where it stands.
    pub file: String,
    array: Array,
}

/// The images under `name`, or under the only name that may hold some; and a table with the column `image`, which counts them
/// from 1, and a column for each other array with as many elements.
pub(super) fn open(path: &Path, name: Option<&str>) -> Result<(Stack, Table)> {
    let file = path.display().to_string();
    let mut arrays = Arrays::open(path)?;
    let at = choose(&file, &arrays.heads, name)?;
    let shape = arrays.heads[at].2.clone();
    let [n, height, width, ..] = shape[..] else { return Err(no_stack(&file, &arrays.heads)) };
    let image = ImageShape { height, width, channels: shape.get(3).copied().unwrap_or(1) };
    if n == 0 || image.numbers() == 0 {
        return Err(wrong(
            &file,
            format!("its images have the shape {shape:?}"),
            "expected some of at least one pixel",
        ));
    }
    let numbers: Text = (1..=n).map(|row| row.to_string()).collect();
    let mut columns = vec![Column::new("image", Values::Text(numbers))];
    for other in 0..arrays.heads.len() {
        let (name, _, shape) = arrays.heads[other].clone();
        if other != at && matches!(shape[..], [rows] | [rows, 1] if rows == n) {
            columns.push(Column::new(&name, arrays.read(other)?.elements.to_values()));
        }
    }
    let stack = Stack { shape: image, array: arrays.read(at)?, file: file.clone() };
    Ok((stack, Table::from_columns(&file, columns)?))
}

impl Stack {
    /// Where an image stands.
    pub fn place(&self, image: usize) -> String {
        format!("{}, image {}", self.file, image + 1)
    }

    /// One of the images, from zero.
    pub fn image(&self, image: usize) -> Result<Image> {
        let n = self.shape.numbers();
        let mut numbers = vec![0.0; n];
        match self.array.elements.copy(image * n, &mut numbers) {
            true => Ok(Image { shape: self.shape, numbers }),
            false => Err(Error::NotAnImage { file: self.place(image), reason: "the array has no such numbers".into() }),
        }
    }
}

/// The place of the array of images.
fn choose(file: &str, heads: &[(String, Kind, Vec<usize>)], name: Option<&str>) -> Result<usize> {
    let may_be = |at: &usize| heads[*at].1.is_number() && matches!(heads[*at].2.len(), 3 | 4);
    let candidates: Vec<usize> = (0..heads.len()).filter(may_be).collect();
    let list = |which: &[usize]| listed(which.iter().map(|&at| heads[at].0.as_str()));
    match (name, &candidates[..]) {
        (None, [at]) => Ok(*at),
        (None, []) => Err(no_stack(file, heads)),
        (None, several) => {
            let reason = format!("{} arrays may be the images: {}", several.len(), list(several));
            Err(wrong(file, reason, "name one of them"))
        }
        (Some(name), _) => candidates.iter().copied().find(|&at| heads[at].0 == name).ok_or_else(|| {
            let reason =
                format!("there are no images under `{name}`; arrays that may be images are {}", list(&candidates));
            wrong(file, reason, "use one of these names")
        }),
    }
}

fn no_stack(file: &str, heads: &[(String, Kind, Vec<usize>)]) -> Error {
    let shapes: Vec<String> = heads.iter().map(|(name, _, shape)| format!("`{name}` {shape:?}")).collect();
    let reason = format!("none of its arrays holds images; their shapes are {}", shapes.join(", "));
    wrong(file, reason, "images have the shape [images, height, width] or [images, height, width, channels]")
}

#[cfg(test)]
mod tests {
    use super::super::arrays::tests::npy;
    use super::super::{ImageInput, Images, Invalid};
    use super::*;
    use std::io::Write;

    fn npz(arrays: &[(&str, Vec<u8>)]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npz");
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (name, bytes) in arrays {
            zip.start_file(format!("{name}.npy"), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        (folder, path)
    }

    #[test]
    fn images_and_labels_are_found_by_their_shapes() -> Result<()> {
        let (_folder, path) = npz(&[
            ("digits", npy("|u1", "2, 2, 1", &[0, 51, 255, 102])),
            ("labels", npy("<U1", "2,", &[b'a', 0, 0, 0, b'b', 0, 0, 0])),
            ("other", npy("|u1", "3,", &[1, 2, 3])),
        ]);
        let images = Images::open(&path, None, &ImageInput::default(), Invalid::Refuse)?;
        let mut numbers = [0.0; 2];
        images.read(1, &mut numbers)?;
        assert_eq!((numbers, images.shape), ([1.0, 0.4], ImageShape { height: 2, width: 1, channels: 1 }));
        let names: Vec<&str> = images.table.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["image", "labels"]);
        assert_eq!(images.table.column("labels")?.as_text(), [Some("a".to_owned()), Some("b".to_owned())]);
        Ok(())
    }

    #[test]
    fn several_candidates_have_to_be_told_apart_by_name() -> Result<()> {
        let images = npy("|i1", "1, 1, 1", &[255]);
        let (_folder, path) = npz(&[("train", images.clone()), ("test", images)]);
        let open = |name| Images::open(&path, name, &ImageInput::default(), Invalid::Refuse);
        let message = open(None).unwrap_err().to_string();
        assert!(message.contains("2 arrays may be the images: `train`, `test`\nhint: name one of them"), "{message}");
        let mut spin = [0.0];
        open(Some("test"))?.read(0, &mut spin)?;
        assert_eq!(spin, [-1.0]);
        assert!(open(Some("tset")).unwrap_err().to_string().contains("there are no images under `tset`"));
        Ok(())
    }
}
