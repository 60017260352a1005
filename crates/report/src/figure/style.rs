//! Colors and fonts, for light and dark surroundings.

/// Number of colors before they repeat.
pub const N_COLORS: usize = 6;

/// The colors of series on a light ground.
pub const LIGHT: [&str; N_COLORS] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

/// Text sizes in pixels.
pub const TITLE: f64 = 16.0;
pub const SMALL: f64 = 12.0;

/// Fonts that every system has, the one of its own menus first.
pub const FONTS: &str =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

/// The colors of Okabe and Ito, which the common kinds of color blindness tell apart \[Okabe2008\]; in the dark the
/// light ones come first. Every rule starts with `.gd`, so that a page around the figure keeps its own style.
pub const CSS: &str = "\
.gd .bg{fill:#fff}\
.gd text{fill:#222;font-size:12px}\
.gd .title{font-size:16px;font-weight:600}\
.gd .label{font-size:13px}\
.gd .note{fill:#555}\
.gd .grid{stroke:#e8e8e8}\
.gd .axis{stroke:#555;fill:none}\
.gd .guide{stroke:#777;stroke-width:1.5;stroke-dasharray:5 4;fill:none}\
.gd .line{stroke-width:2;stroke-linejoin:round;stroke-linecap:round;fill:none}\
.gd .dot{stroke-width:5.5;stroke-linecap:round;stroke-opacity:.8;fill:none}\
.gd .square{stroke-linecap:square;stroke-width:4.5}\
.gd .fine{stroke-width:3}\
.gd .band{fill-opacity:.2;stroke:none}\
.gd .bar{fill-opacity:.75;stroke:none}\
.gd .curve{stroke-width:1;stroke-opacity:.35;stroke-linejoin:round;fill:none}\
.gd .whisker{stroke:#333;stroke-width:1.2;fill:none}\
.gd .cell{fill:#0072b2}\
.gd .c0{stroke:#0072b2;fill:#0072b2}\
.gd .c1{stroke:#d55e00;fill:#d55e00}\
.gd .c2{stroke:#009e73;fill:#009e73}\
.gd .c3{stroke:#cc79a7;fill:#cc79a7}\
.gd .c4{stroke:#e69f00;fill:#e69f00}\
.gd .c5{stroke:#56b4e9;fill:#56b4e9}\
.gd .line,.gd .dot,.gd .curve{fill:none}\
.gd .band,.gd .bar{stroke:none}\
.gd .on{fill:#fff}\
@media(prefers-color-scheme:dark){\
.gd .bg{fill:#17191e}\
.gd text{fill:#e6e6e6}\
.gd .note{fill:#a8adb5}\
.gd .grid{stroke:#2c3038}\
.gd .axis{stroke:#a8adb5}\
.gd .guide{stroke:#8d939c}\
.gd .whisker{stroke:#d8dbe0}\
.gd .cell{fill:#1f7bbd}\
.gd .c0{stroke:#56b4e9;fill:#56b4e9}\
.gd .c1{stroke:#e69f00;fill:#e69f00}\
.gd .c4{stroke:#f0e442;fill:#f0e442}\
.gd .c5{stroke:#d55e00;fill:#d55e00}\
.gd .line,.gd .dot,.gd .curve{fill:none}\
.gd .band,.gd .bar{stroke:none}\
}";
