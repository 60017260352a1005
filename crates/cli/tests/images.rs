//! Images from the command line.

mod common;

use std::fs;
use std::path::Path;

use common::Bench;
use image::{ExtendedColorType, ImageFormat, save_buffer_with_format};

/// Gray images of 12 x 12: a bright spot, or a bright line, somewhere, among noise that is the same everywhere.
fn folder(bench: &Bench, name: &str, each: usize) {
    for (class, lines) in [("line", true), ("spot", false)] {
        for at in 0..each {
            let (row, column) = (at * 5 % 9, at * 7 % 9);
            let level = |place: usize| {
                let (y, x) = (place / 12, place % 12);
                let inside = (row..row + 3).contains(&y) && (lines || (column..column + 3).contains(&x));
                (if inside { 200 } else { 20 }) + (place * 13 + at * 17) % 30
            };
            let pixels: Vec<u8> = (0..144).map(|place| level(place) as u8).collect();
            save(&bench.path().join(name).join(class).join(format!("{at}.png")), &pixels, 12);
        }
    }
}

fn save(path: &Path, pixels: &[u8], side: u32) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    save_buffer_with_format(path, pixels, side, side, ExtendedColorType::L8, ImageFormat::Png).unwrap();
}

/// The same images in color, as if they were seen through orange glass.
fn colored(bench: &Bench, from: &str, to: &str) {
    for class in ["line", "spot"] {
        fs::create_dir_all(bench.path().join(to).join(class)).unwrap();
        for file in fs::read_dir(bench.path().join(from).join(class)).unwrap() {
            let file = file.unwrap();
            let mut image = image::open(file.path()).unwrap().to_rgb8();
            image.pixels_mut().for_each(|pixel| pixel.0[2] /= 2);
            image.save(bench.path().join(to).join(class).join(file.file_name())).unwrap();
        }
    }
}

/// What a command that fails says.
fn fail(bench: &Bench, line: &str) -> String {
    let output = bench.output(line);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

const SMALL: &str =
    "--set model.features=[4,8] --set model.kernel=3 --set model.hidden=[16] --set train.epochs=40 --set train.batch=8";

#[test]
fn a_folder_for_each_class_is_learned_described_and_predicted() {
    let bench = Bench::new();
    folder(&bench, "seen", 40);
    folder(&bench, "unseen", 6);
    let out =
        bench.run(&format!("fit seen --model lenet {SMALL} --set data.images.augment.flip_vertical=true --out run"));
    assert!(out.contains("logistic") && out.contains("lenet"), "{out}");
    let metrics: serde_json::Value = serde_json::from_slice(&bench.read("run/metrics.json")).unwrap();
    let own = metrics["test"].as_array().unwrap().iter().find(|model| model["model"] == "lenet").unwrap();
    assert!(own["targets"][0]["accuracy"]["value"].as_f64().unwrap() >= 0.9, "{own}");
    let described = bench.run("describe run");
    assert!(
        described.contains("images of 12 x 12 pixels") && described.contains("convolution2d_0  12 x 12 x 4"),
        "{described}"
    );
    let predicted = bench.run("predict run unseen");
    let right = predicted
        .lines()
        .skip(1)
        .enumerate()
        .filter(|(row, line)| line.contains(if *row < 6 { ",line" } else { ",spot" }));
    assert!(right.count() >= 11, "{predicted}");
    assert!(predicted.starts_with("image,") && predicted.contains("\nspot/3.png,"), "{predicted}");
    assert!(bench.text("run/predictions.csv").starts_with("fold,part,image,class observed"));
    assert!(bench.run("evaluate run unseen").contains("accuracy"));
    // Images without a class can be predicted, and not learned.
    assert_eq!(bench.run("predict run unseen/line").lines().count(), 7);
    assert!(fail(&bench, "fit unseen/line").contains("6 images that stand in no folder of a class"));
}

#[test]
fn columns_are_the_pixels_of_an_image() {
    let bench = Bench::new();
    let out = bench
        .run(&format!("fit ising --pixels 16x16 --target phase --model lenet {SMALL} --set train.epochs=5 --out run"));
    assert!(out.contains("lenet"), "{out}");
    assert!(bench.run("describe run").contains("images of 16 x 16 pixels"));
    let error = fail(&bench, "fit ising --pixels 16x15 --target phase --model lenet");
    assert!(error.contains("256 columns of numbers do not fit images of 16 x 15 pixels"), "{error}");
}

#[test]
fn gray_images_are_read_as_the_colored_ones_of_the_training_and_the_other_way_round() {
    let bench = Bench::new();
    folder(&bench, "gray", 10);
    colored(&bench, "gray", "color");
    for (seen, unseen) in [("color", "gray"), ("gray", "color")] {
        bench.run(&format!("fit {seen} --model lenet {SMALL} --set train.epochs=2 --out {seen}_run"));
        assert_eq!(bench.run(&format!("predict {seen}_run {unseen}")).lines().count(), 21);
    }
}

#[test]
fn a_broken_image_is_named_or_left_out() {
    let bench = Bench::new();
    folder(&bench, "seen", 10);
    fs::write(bench.path().join("seen/line/3.png"), "no image").unwrap();
    let error = fail(&bench, &format!("fit seen --model lenet {SMALL}"));
    assert!(error.contains("line/3.png"), "{error}");
    let out = bench.run(&format!("fit seen --model lenet {SMALL} --set train.epochs=2 --skip-invalid --out run"));
    assert!(out.contains("lenet"), "{out}");
    assert!(bench.text("run/report.html").contains("line/3.png"));
    let predicted = bench.run("predict run seen --skip-invalid");
    assert!(predicted.contains("\nline/4.png,") && !predicted.contains("line/3.png"), "{predicted}");
    let error = fail(&bench, "fit --model lenet");
    assert!(error.contains("`lenet` reads images, and this table has none"), "{error}");
}
