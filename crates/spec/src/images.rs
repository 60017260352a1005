//! Settings of images.

use data::image::{Augmentation, ImageInput};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Images: a folder with a folder for each class, a table with a column of paths, a NumPy file, or pixels in the columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Images {
    /// Column with the paths of the images, from the folder of the table on; or the array of images in a NumPy file that holds several
    /// which could be. A folder needs none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Height and width of images whose pixels are columns of the table, row by row; a third number where a pixel has several, 3
    /// for red, green and blue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 2, max = 3))]
    pub pixels: Option<Vec<usize>>,
    /// How images become numbers.
    pub input: ImageInput,
    /// Augmentation: random changes of the training images in each epoch.
    pub augment: Augmentation,
}
