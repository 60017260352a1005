//! Arrays in the files of NumPy: `.npy`, and `.npz` with several of them \[Harris2020\].

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::{Error, Result, Values};

/// An array in memory, in the order of C.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// Sizes of its axes.
    pub shape: Vec<usize>,
    /// Its elements, the last axis first.
    pub elements: Elements,
}

/// The elements of an array, in as little memory as their file takes. Other integers have become floats that hold them.
#[derive(Clone, Debug, PartialEq)]
pub enum Elements {
    /// Truth values.
    Bool(Vec<bool>),
    /// Unsigned integers of 8 bits.
    U8(Vec<u8>),
    /// Unsigned integers of 16 bits.
    U16(Vec<u16>),
    /// Floats of 32 bits, and signed integers of 8 and 16 bits.
    F32(Vec<f32>),
    /// Floats of 64 bits, and integers of 32 and 64 bits.
    F64(Vec<f64>),
    /// Texts.
    Text(Vec<String>),
}

/// The arrays of a file, of which only names, types and shapes have been read.
pub(super) struct Arrays {
    file: String,
    archive: Option<ZipArchive<BufReader<File>>>,
    /// Name, kind of elements, shape; the single array of a `.npy` has no name.
    pub heads: Vec<(String, Kind, Vec<usize>)>,
}

/// The type of elements: order of bytes, letter and bytes of each, as in `<f4`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Kind {
    big: bool,
    letter: u8,
    size: usize,
}

impl Kind {
    /// Whether elements are numbers.
    pub fn is_number(self) -> bool {
        !matches!(self.letter, b'U' | b'S')
    }
}

impl Arrays {
    /// Reads what is in the file, but no elements.
    pub fn open(path: &Path) -> Result<Self> {
        let file = path.display().to_string();
        let fault = |reason: String| wrong(&file, reason, CHECK);
        let open = || File::open(path).map(BufReader::new).map_err(|e| fault(e.to_string()));
        let mut first = [0; 4];
        open()?.read_exact(&mut first).map_err(|_| fault("it ends within its head".into()))?;
        if first != *b"PK\x03\x04" {
            let (kind, shape) = head(&mut open()?, &file)?;
            return Ok(Arrays {
                heads: vec![(String::new(), kind, shape)],
                archive: None,
                file: path.display().to_string(),
            });
        }
        let mut archive = ZipArchive::new(open()?).map_err(|e| fault(e.to_string()))?;
        let mut heads = Vec::new();
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).map_err(|e| fault(e.to_string()))?;
            let name = entry.name().map_err(|e| fault(e.to_string()))?;
            if let Some(name) = name.strip_suffix(".npy").map(str::to_owned) {
                let (kind, shape) = head(&mut entry, &file)?;
                heads.push((name, kind, shape));
            }
        }
        Ok(Arrays { file, archive: Some(archive), heads })
    }

    /// The elements of the array at a place of `heads`.
    pub fn read(&mut self, at: usize) -> Result<Array> {
        let (name, kind, shape) = self.heads[at].clone();
        let fault = |reason: String| wrong(&self.file, reason, CHECK);
        let elements = match &mut self.archive {
            None => {
                let mut file = BufReader::new(File::open(&self.file).map_err(|e| fault(e.to_string()))?);
                head(&mut file, &self.file)?;
                elements(&mut file, kind, &shape)
            }
            Some(archive) => {
                let mut entry = archive.by_name(&format!("{name}.npy")).map_err(|e| fault(e.to_string()))?;
                head(&mut entry, &self.file)?;
                elements(&mut entry, kind, &shape)
            }
        };
        Ok(Array { elements: elements.map_err(fault)?, shape })
    }
}

impl Elements {
    /// As the cells of a column.
    pub fn to_values(&self) -> Values {
        match self {
            Elements::Bool(all) => Values::Number(all.iter().map(|&x| f64::from(u8::from(x))).collect()),
            Elements::U8(all) => Values::Number(all.iter().map(|&x| f64::from(x)).collect()),
            Elements::U16(all) => Values::Number(all.iter().map(|&x| f64::from(x)).collect()),
            Elements::F32(all) => Values::Number(all.iter().map(|&x| f64::from(x)).collect()),
            Elements::F64(all) => Values::Number(all.clone()),
            Elements::Text(all) => Values::Text(all.iter().collect()),
        }
    }

    /// Elements from `start` on as the numbers of an image: unsigned integers as fractions of their largest value, others as
    /// they are. `false` where they are texts, or not so many.
    pub fn copy(&self, start: usize, to: &mut [f32]) -> bool {
        fn fill<X>(to: &mut [f32], from: &[X], start: usize, number: impl Fn(&X) -> f32) -> bool {
            let from = from.get(start..start + to.len());
            from.map(|from| to.iter_mut().zip(from).for_each(|(y, x)| *y = number(x))).is_some()
        }
        match self {
            Elements::Bool(all) => fill(to, all, start, |&x| f32::from(u8::from(x))),
            Elements::U8(all) => fill(to, all, start, |&x| f32::from(x) / f32::from(u8::MAX)),
            Elements::U16(all) => fill(to, all, start, |&x| f32::from(x) / f32::from(u16::MAX)),
            Elements::F32(all) => fill(to, all, start, |&x| x),
            Elements::F64(all) => fill(to, all, start, |&x| x as f32),
            Elements::Text(_) => false,
        }
    }
}

/// Reads the head of an array: `\x93NUMPY`, a version, its own length, and a dictionary as Python writes it.
fn head(from: &mut impl Read, file: &str) -> Result<(Kind, Vec<usize>)> {
    let cut = |_| wrong(file, "it ends within its head".into(), CHECK);
    let mut start = [0; 8];
    from.read_exact(&mut start).map_err(cut)?;
    if &start[..6] != b"\x93NUMPY" {
        return Err(wrong(file, "it does not begin as arrays of NumPy do".into(), CHECK));
    }
    let mut length = [0; 4];
    from.read_exact(if start[6] == 1 { &mut length[..2] } else { &mut length }).map_err(cut)?;
    let mut text = Vec::new();
    from.take(u64::from(u32::from_le_bytes(length))).read_to_end(&mut text).map_err(cut)?;
    let text = String::from_utf8_lossy(&text);
    let after = |key: &str| text.split_once(&format!("'{key}':")).map(|(_, rest)| rest.trim_start());
    let unknown = || wrong(file, format!("its head is `{}`", text.trim()), CHECK);
    let kind = after("descr").ok_or_else(unknown)?.strip_prefix('\'').and_then(|rest| kind(rest.split('\'').next()?));
    let kind = kind.ok_or_else(|| {
        wrong(file, format!("its elements are of no type that is read: `{}`", text.trim()), "use numbers or text")
    })?;
    if after("fortran_order").is_some_and(|order| order.starts_with("True")) {
        let reason = "its first axis varies fastest (the order of Fortran)".into();
        return Err(wrong(file, reason, "save it in the order of C: `np.save(file, np.ascontiguousarray(array))`"));
    }
    let sizes = after("shape").and_then(|rest| rest.strip_prefix('(')?.split(')').next()).ok_or_else(unknown)?;
    let sizes = sizes.split(',').map(str::trim).filter(|size| !size.is_empty());
    Ok((kind, sizes.map(str::parse).collect::<std::result::Result<_, _>>().map_err(|_| unknown())?))
}

/// `<f4`, `|u1`, `<U12` and the like.
fn kind(text: &str) -> Option<Kind> {
    let (&order, &letter) = (text.as_bytes().first()?, text.as_bytes().get(1)?);
    let size = text.get(2..)?.parse().ok()?;
    let is_read =
        matches!((letter, size), (b'b', 1) | (b'u' | b'i', 1 | 2 | 4 | 8) | (b'f', 4 | 8) | (b'U' | b'S', 1..));
    is_read.then_some(Kind { big: order == b'>', letter, size })
}

fn elements(from: &mut impl Read, kind: Kind, shape: &[usize]) -> std::result::Result<Elements, String> {
    let bytes_each = if kind.letter == b'U' { 4 * kind.size } else { kind.size };
    let n = shape.iter().try_fold(bytes_each, |n, &size| n.checked_mul(size)).ok_or("its shape is too large")?;
    let mut bytes = Vec::new();
    from.take(n as u64).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() < n {
        return Err(format!("it has {} of {n} bytes of elements", bytes.len()));
    }
    Ok(match (kind.letter, kind.size) {
        (b'b', _) => Elements::Bool(bytes.iter().map(|&x| x != 0).collect()),
        (b'u', 1) => Elements::U8(bytes),
        (b'u', 2) => Elements::U16(each(&bytes, kind, u16::from_le_bytes)),
        (b'i', 1) => Elements::F32(each(&bytes, kind, |x| f32::from(i8::from_le_bytes(x)))),
        (b'i', 2) => Elements::F32(each(&bytes, kind, |x| f32::from(i16::from_le_bytes(x)))),
        (b'i', 4) => Elements::F64(each(&bytes, kind, |x| f64::from(i32::from_le_bytes(x)))),
        (b'i', _) => Elements::F64(each(&bytes, kind, |x| i64::from_le_bytes(x) as f64)),
        (b'u', 4) => Elements::F64(each(&bytes, kind, |x| f64::from(u32::from_le_bytes(x)))),
        (b'u', _) => Elements::F64(each(&bytes, kind, |x| u64::from_le_bytes(x) as f64)),
        (b'f', 4) => Elements::F32(each(&bytes, kind, f32::from_le_bytes)),
        (b'f', _) => Elements::F64(each(&bytes, kind, f64::from_le_bytes)),
        (b'U', _) => Elements::Text(bytes.chunks_exact(bytes_each).map(|text| letters(text, kind)).collect()),
        _ => Elements::Text(bytes.chunks_exact(bytes_each).map(ascii).collect()),
    })
}

/// Elements of so many bytes, which are turned where the file has the other order.
fn each<const N: usize, Y>(bytes: &[u8], kind: Kind, number: impl Fn([u8; N]) -> Y) -> Vec<Y> {
    let one = |&(mut x): &[u8; N]| {
        if kind.big {
            x.reverse();
        }
        number(x)
    };
    bytes.as_chunks().0.iter().map(one).collect()
}

/// Four bytes a letter; zeros fill the end.
fn letters(text: &[u8], kind: Kind) -> String {
    let codes = each(text, kind, u32::from_le_bytes);
    codes.into_iter().take_while(|code| *code != 0).map(|code| char::from_u32(code).unwrap_or('\u{FFFD}')).collect()
}

fn ascii(text: &[u8]) -> String {
    String::from_utf8_lossy(text).trim_end_matches('\0').to_owned()
}

const CHECK: &str = "write it again with `np.save` or `np.savez`";

pub(super) fn wrong(file: &str, reason: String, hint: &str) -> Error {
    Error::NumpyFile { file: file.to_owned(), reason, hint: hint.to_owned() }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The bytes of a `.npy`, as NumPy writes them.
    pub fn npy(descr: &str, shape: &str, elements: &[u8]) -> Vec<u8> {
        let text = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({shape}), }}");
        let text = format!("{text:<117}\n");
        [b"\x93NUMPY\x01\x00", &(text.len() as u16).to_le_bytes()[..], text.as_bytes(), elements].concat()
    }

    fn read(bytes: &[u8]) -> Result<Array> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.npy");
        std::fs::write(&path, bytes).unwrap();
        Arrays::open(&path)?.read(0)
    }

    #[test]
    fn elements_of_each_type_and_both_orders_of_bytes_are_read() -> Result<()> {
        let cases = [
            (npy("|b1", "2,", &[0, 1]), Elements::Bool(vec![false, true])),
            (npy("|u1", "2,", &[3, 255]), Elements::U8(vec![3, 255])),
            (npy("<u2", "2,", &[3, 0, 0, 1]), Elements::U16(vec![3, 256])),
            (npy(">u2", "2,", &[0, 3, 1, 0]), Elements::U16(vec![3, 256])),
            (npy("|i1", "2,", &[255, 1]), Elements::F32(vec![-1.0, 1.0])),
            (npy("<i8", "1,", &(-5_i64).to_le_bytes()), Elements::F64(vec![-5.0])),
            (npy("<f4", "1,", &0.5_f32.to_le_bytes()), Elements::F32(vec![0.5])),
            (npy(">f8", "1,", &0.1_f64.to_be_bytes()), Elements::F64(vec![0.1])),
            (
                npy("<U2", "2,", &[97, 0, 0, 0, 98, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0]),
                Elements::Text(vec!["ab".into(), "c".into()]),
            ),
            (npy("|S2", "2,", b"abc\0"), Elements::Text(vec!["ab".into(), "c".into()])),
        ];
        for (bytes, elements) in cases {
            assert_eq!(read(&bytes)?.elements, elements);
        }
        assert_eq!(read(&npy("|u1", "1, 2, 3", &[0; 6]))?.shape, [1, 2, 3]);
        Ok(())
    }

    #[test]
    fn what_is_no_array_is_told() {
        let fault = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
        assert!(fault(b"MATLAB 5.0").contains("does not begin as arrays of NumPy do"));
        assert!(fault(b"\x93N").contains("ends within its head"));
        assert!(fault(&npy("|u1", "2, 3", &[0; 5])).contains("has 5 of 6 bytes of elements"));
        assert!(fault(&npy("<c8", "1,", &[0; 8])).contains("of no type that is read"));
        let mut turned = npy("|u1", "2,", &[0; 2]);
        let at = turned.windows(5).position(|text| text == b"False").unwrap();
        turned[at..at + 5].copy_from_slice(b"True ");
        assert!(fault(&turned).contains("its first axis varies fastest"));
    }
}
