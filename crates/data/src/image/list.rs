//! A list of images with what is known of each, of which pixels are read when they are wanted.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::stack::Stack;
use super::{Image, ImageInput, ImageShape, Invalid, Skipped, files, folder, stack};
use crate::{Error, Result, Table, hash};

/// Images of one shape, and a table with a row for each.
///
/// Of image files only the paths are in memory, however many there are; a NumPy file is held as it is stored, a byte for each
/// pixel of 8 bits. [`Images::read`] may be called from many threads.
#[derive(Debug)]
pub struct Images {
    /// Table of the images. Of a folder the columns `image` and `class`, of a NumPy file its other arrays.
    pub table: Table,
    /// Shape that each image is read in.
    pub shape: ImageShape,
    /// How images become numbers, with the channels that were decided.
    pub input: ImageInput,
    /// Images that were left out.
    pub skipped: Vec<Skipped>,
    store: Store,
}

#[derive(Debug)]
enum Store {
    Files(Vec<PathBuf>),
    /// The images of an array, and which of them stand in the list.
    Stack(Stack, Vec<usize>),
}

impl Images {
    /// The images of a folder that has a folder for each class, of a `.npy` or `.npz`, or of a table with a column of paths,
    /// which start where the table lies. `name` is that column, or the array of images where a file has several that could
    /// be.
    ///
    /// # Errors
    /// No images; what [`Image::read`] finds in the head of a file; images of different sizes where `input` names none.
    pub fn open(path: &Path, name: Option<&str>, input: &ImageInput, invalid: Invalid) -> Result<Self> {
        input.check()?;
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if matches!(extension.as_str(), "npy" | "npz") {
            let (stack, table) = stack::open(path, name)?;
            let rows = (0..table.n_rows).collect();
            let (shape, input) = (input.shape(stack.shape), input.decided(stack.shape.channels));
            return Ok(Images { table, shape, input, skipped: Vec::new(), store: Store::Stack(stack, rows) });
        }
        if path.is_dir() {
            let (table, paths) = folder::list(path)?;
            return Images::of_files(table, paths, input, invalid);
        }
        let table = Table::read(path)?;
        let Some(name) = name else {
            return Err(Error::NoImages {
                place: path.display().to_string(),
                found: "a table, and no column is named".into(),
                hint: "name the column that holds their paths".into(),
            });
        };
        Images::of_table(table, name, path.parent().unwrap_or(Path::new("")), input, invalid)
    }

    /// The images whose paths stand in the column `name` of a table; they start at `folder`.
    ///
    /// # Errors
    /// As [`Images::open`], and a cell without a path.
    pub fn of_table(table: Table, name: &str, folder: &Path, input: &ImageInput, invalid: Invalid) -> Result<Self> {
        let column = table.column(name)?;
        let path = |(row, cell): (usize, Option<String>)| match cell {
            Some(cell) => Ok(folder.join(cell)),
            None => {
                Err(Error::NoPath { file: table.source.clone(), column: column.header(), place: column.place(row) })
            }
        };
        let paths = column.as_text().into_iter().enumerate().map(path).collect::<Result<Vec<_>>>()?;
        Images::of_files(table, paths, input, invalid)
    }

    fn of_files(table: Table, paths: Vec<PathBuf>, input: &ImageInput, invalid: Invalid) -> Result<Self> {
        let files::Scanned { shape, input, skipped } = files::scan(&paths, input, invalid, &table.source)?;
        let kept: Vec<usize> =
            (0..paths.len()).filter(|row| skipped.iter().all(|skipped| skipped.row != *row)).collect();
        let all = Images { table, shape, input, skipped, store: Store::Files(paths) };
        Ok(if all.skipped.is_empty() { all } else { all.select(&kept) })
    }

    /// How many there are.
    pub fn n_rows(&self) -> usize {
        self.table.n_rows
    }

    /// Where the image of a row stands, for messages.
    pub fn place(&self, row: usize) -> String {
        match &self.store {
            Store::Files(paths) => paths[row].display().to_string(),
            Store::Stack(stack, rows) => stack.place(rows[row]),
        }
    }

    /// The numbers of one image, `[height, width, channels]`.
    ///
    /// # Errors
    /// What [`Image::read`] finds, a file that has changed its size since the list was made, a number that is not finite.
    ///
    /// # Panics
    /// If there is no such row, or `numbers` has not the length of the shape.
    pub fn read(&self, row: usize, numbers: &mut [f32]) -> Result<()> {
        let image = self.input.bring(match &self.store {
            Store::Files(paths) => Image::read(&paths[row])?,
            Store::Stack(stack, rows) => stack.image(rows[row])?,
        });
        if image.shape != self.shape {
            let (file, found) = (self.place(row), image.shape.to_string());
            let (expected, first) = (self.shape.to_string(), "the list that was made of them".into());
            return Err(Error::ImageSize { file, found, expected, first });
        }
        if let Some(x) = image.numbers.iter().find(|x| !x.is_finite()) {
            return Err(Error::NotAnImage { file: self.place(row), reason: format!("it holds {x}") });
        }
        numbers.copy_from_slice(&image.numbers);
        Ok(())
    }

    /// SHA-256 \[FIPS180-4\] of what is known of each image, and of the bytes of all files.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn sha256(&self) -> Result<String> {
        let mut all = hash::of_table(&self.table);
        match &self.store {
            Store::Files(paths) => {
                let each: Vec<Result<String>> = paths.par_iter().map(hash::of_file).collect();
                for file in each {
                    all += &file?;
                }
            }
            Store::Stack(stack, _) => all += &hash::of_file(&stack.file)?,
        }
        Ok(hash::of_bytes(all.as_bytes()))
    }

    /// Some of the images, in that order.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn select(self, rows: &[usize]) -> Self {
        let store = match self.store {
            Store::Files(paths) => Store::Files(rows.iter().map(|&row| paths[row].clone()).collect()),
            Store::Stack(stack, all) => Store::Stack(stack, rows.iter().map(|&row| all[row]).collect()),
        };
        Images { table: self.table.select(rows), store, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ExtendedColorType, ImageFormat, save_buffer_with_format};
    use std::fs;

    /// An even gray image.
    fn save(path: &Path, level: u8, size: (u32, u32)) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let bytes = vec![level; (size.0 * size.1) as usize];
        save_buffer_with_format(path, &bytes, size.0, size.1, ExtendedColorType::L8, ImageFormat::Png).unwrap();
    }

    fn numbers(images: &Images, row: usize) -> Result<Vec<f32>> {
        let mut numbers = vec![0.0; images.shape.numbers()];
        images.read(row, &mut numbers).map(|()| numbers)
    }

    fn cells(images: &Images, name: &str) -> Vec<String> {
        images.table.column(name).unwrap().as_text().into_iter().flatten().collect()
    }

    fn refusal(path: &Path, input: &ImageInput) -> String {
        let message = Images::open(path, None, input, Invalid::Refuse).unwrap_err().to_string();
        message.replace(&format!("{}/", path.display()), "").replace(&path.display().to_string(), "folder")
    }

    #[test]
    fn a_folder_gives_its_classes_in_the_order_of_their_names() -> Result<()> {
        let folder = tempfile::tempdir().unwrap();
        for (file, level) in [("up/b.png", 255), ("up/a.png", 51), ("down/z.png", 0), ("up/.hidden.png", 9)] {
            save(&folder.path().join(file), level, (2, 2));
        }
        fs::write(folder.path().join("up/notes.txt"), "seen at noon").unwrap();
        let images = Images::open(folder.path(), None, &ImageInput::default(), Invalid::Refuse)?;
        assert_eq!(cells(&images, "image"), ["down/z.png", "up/a.png", "up/b.png"]);
        assert_eq!(cells(&images, "class"), ["down", "up", "up"]);
        assert_eq!(numbers(&images, 1)?, [0.2; 4]);
        assert_eq!(images.table.notes, ["1 file that is not an image is left out: `up/notes.txt`"]);
        Ok(())
    }

    #[test]
    fn other_pixels_are_other_data() -> Result<()> {
        let folder = tempfile::tempdir().unwrap();
        let hash = || Images::open(folder.path(), None, &ImageInput::default(), Invalid::Refuse)?.sha256();
        save(&folder.path().join("a/1.png"), 0, (2, 2));
        save(&folder.path().join("a/2.png"), 0, (2, 2));
        let first = hash()?;
        assert_eq!(hash()?, first);
        save(&folder.path().join("a/2.png"), 1, (2, 2));
        assert_ne!(hash()?, first);
        Ok(())
    }

    #[test]
    fn an_odd_size_is_told_with_both_sizes_before_anything_is_trained() -> Result<()> {
        let folder = tempfile::tempdir().unwrap();
        save(&folder.path().join("a/1.png"), 0, (2, 2));
        save(&folder.path().join("a/2.png"), 0, (3, 2));
        let message = refusal(folder.path(), &ImageInput::default());
        assert_eq!(
            message,
            "the image `a/2.png` has 2 x 3 pixels, expected 2 x 2 pixels as in `a/1.png`\n\
             hint: a size in pixels brings all images to it; `--skip-invalid` leaves this one out"
        );
        let input = ImageInput { size: Some([4, 4]), ..ImageInput::default() };
        assert_eq!(Images::open(folder.path(), None, &input, Invalid::Refuse)?.n_rows(), 2);
        Ok(())
    }

    #[test]
    fn what_is_skipped_is_listed_with_its_reason() -> Result<()> {
        let folder = tempfile::tempdir().unwrap();
        for (file, width) in [("a/1.png", 2), ("a/2.png", 3), ("a/3.png", 2), ("a/4.png", 2)] {
            save(&folder.path().join(file), 255, (width, 2));
        }
        // The head is whole, the pixels are not.
        let cut = folder.path().join("a/3.png");
        let bytes = fs::read(&cut).unwrap();
        fs::write(&cut, &bytes[..bytes.len() - 24]).unwrap();
        let images = Images::open(folder.path(), None, &ImageInput::default(), Invalid::Skip)?;
        assert_eq!(cells(&images, "image"), ["a/1.png", "a/4.png"]);
        assert_eq!(images.skipped.iter().map(|skipped| skipped.row).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(numbers(&images, 1)?, [1.0; 4]);
        let strict = Images::open(
            &folder.path().join("a/.."),
            None,
            &ImageInput { size: Some([2, 2]), ..ImageInput::default() },
            Invalid::Refuse,
        )?;
        let message = numbers(&strict, 2).unwrap_err().to_string();
        assert!(message.contains("a/3.png` cannot be read"), "{message}");
        Ok(())
    }

    #[test]
    fn paths_in_a_table_start_where_it_lies() -> Result<()> {
        let folder = tempfile::tempdir().unwrap();
        save(&folder.path().join("pictures/1.png"), 255, (1, 1));
        let table = folder.path().join("t.csv");
        fs::write(&table, "file,mass\npictures/1.png,7\n").unwrap();
        let images = Images::open(&table, Some("file"), &ImageInput::default(), Invalid::Refuse)?;
        assert_eq!((numbers(&images, 0)?, cells(&images, "mass")), (vec![1.0], vec!["7".to_owned()]));
        fs::write(&table, "file,mass\n,7\n").unwrap();
        let message =
            Images::open(&table, Some("file"), &ImageInput::default(), Invalid::Refuse).unwrap_err().to_string();
        assert!(message.starts_with("column `file`, row 1 (line 2): the path of an image is missing"), "{message}");
        Ok(())
    }

    #[test]
    fn gray_and_colored_images_together_are_read_in_color() -> Result<()> {
        let folder = tempfile::tempdir().unwrap();
        save(&folder.path().join("a/1.png"), 255, (1, 1));
        let red = folder.path().join("a/2.png");
        save_buffer_with_format(red, &[255, 0, 0], 1, 1, ExtendedColorType::Rgb8, ImageFormat::Png).unwrap();
        let images = Images::open(folder.path(), None, &ImageInput::default(), Invalid::Refuse)?;
        assert_eq!([numbers(&images, 0)?, numbers(&images, 1)?], [[1.0, 1.0, 1.0], [1.0, 0.0, 0.0]]);
        Ok(())
    }

    #[test]
    fn a_folder_without_images_says_what_was_expected() {
        let folder = tempfile::tempdir().unwrap();
        let message = refusal(folder.path(), &ImageInput::default());
        assert!(message.starts_with("found no images in `folder`: it has no PNG"), "{message}");
    }

    #[test]
    fn images_that_stand_alone_have_no_class() -> Result<()> {
        let folder = tempfile::tempdir().unwrap();
        save(&folder.path().join("1.png"), 255, (1, 1));
        let images = Images::open(folder.path(), None, &ImageInput::default(), Invalid::Refuse)?;
        assert_eq!((cells(&images, "image"), numbers(&images, 0)?), (vec!["1.png".to_owned()], vec![1.0]));
        assert!(images.table.column("class").is_err());
        Ok(())
    }
}
