//! How a page looks: on paper, on a screen, in the dark.

/// `FONTS` stands for the fonts of the system. Lengths are in units of the reader's own text size.
pub const STYLE: &str = "\
:root{color-scheme:light dark;--ground:#fbfaf8;--card:#fff;--ink:#1d2127;--soft:#586069;--line:#e2dfd9;\
--accent:#0b5d94;--tint:#eef4f9;--warn:#9a4a00;--warn-tint:#fdf1e4}
@media(prefers-color-scheme:dark){:root{--ground:#111317;--card:#17191e;--ink:#e8e6e3;--soft:#a3a9b2;--line:#2c3038;\
--accent:#79bdee;--tint:#182430;--warn:#f0b266;--warn-tint:#2b2115}}
*{box-sizing:border-box}
html{font:100%/1.6 FONTS;-webkit-text-size-adjust:100%;text-size-adjust:100%;background:var(--ground);color:var(--ink)}
body{margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem) 4rem;max-width:76rem}
header{padding:clamp(1.5rem,5vw,3.5rem) 0 1.25rem;border-bottom:1px solid var(--line)}
h1{margin:0;font-size:clamp(1.7rem,1.2rem + 2.2vw,2.6rem);line-height:1.15;letter-spacing:-.02em;text-wrap:balance}
h1,h2,p,li,dd,th,td,figcaption,summary{overflow-wrap:anywhere}
.subtitle{margin:.6rem 0 0;max-width:44rem;color:var(--soft);font-size:1.08rem}
h2{margin:0 0 1rem;font-size:1.4rem;line-height:1.25;letter-spacing:-.01em;scroll-margin-top:1rem}
section{margin:2.75rem 0 0}
p{margin:0 0 1rem;max-width:44rem}
a{color:var(--accent);text-underline-offset:.18em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;padding:.3rem .8rem;background:var(--card)}
nav{margin:1rem 0 0;font-size:.93rem}
nav ol{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;margin:0;padding:0;list-style:none}
nav a{display:block;padding:.25rem 0;color:var(--soft);text-decoration:none}
nav a:hover{color:var(--accent);text-decoration:underline}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace}
code{font-size:.9em}
pre{margin:0;padding:.9rem 1.1rem;overflow-x:auto;font-size:.83rem;line-height:1.5;background:var(--card);\
border:1px solid var(--line);border-radius:.5rem}
pre code{font-size:inherit}
.note{max-width:none;padding:.65rem 1rem;background:var(--tint);border-left:3px solid var(--accent);border-radius:.3rem}
.warning{background:var(--warn-tint);border-color:var(--warn)}
.warning strong{color:var(--warn)}
.note+.note{margin-top:-.4rem}
.highlights{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,8.5rem),1fr));gap:.8rem;margin:0 0 1.5rem;\
padding:0;list-style:none}
.highlights li{padding:.9rem 1.1rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
.highlights span{display:block;color:var(--soft);font-size:.88rem;font-variant-numeric:tabular-nums}
.highlights strong{font-size:clamp(1.35rem,1rem + 1.4vw,1.7rem);font-weight:600;line-height:1.3;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
dl{display:grid;gap:0;margin:0 0 1.25rem}
dl div{display:grid;grid-template-columns:minmax(7rem,12rem) minmax(0,1fr);gap:0 1.25rem;padding:.4rem 0;\
border-bottom:1px solid var(--line)}
dt{color:var(--soft)}
dd{margin:0;font-variant-numeric:tabular-nums}
.scroll{margin:0 0 1.5rem;overflow-x:auto;background:linear-gradient(to left,var(--card) 30%,transparent) right/3rem 100% no-repeat local,\
linear-gradient(to left,var(--line),transparent) right/.9rem 100% no-repeat scroll,var(--card);border:1px solid var(--line);border-radius:.6rem}
table{width:100%;border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
caption{padding:.8rem .9rem .5rem;text-align:left;color:var(--soft);font-size:.9rem}
caption span{display:inline-block;position:sticky;left:.9rem;max-width:min(100%,calc(100vw - 5rem))}
th,td{padding:.42rem .36rem;text-align:left;white-space:nowrap;border-top:1px solid var(--line)}
thead th{color:var(--soft);font-size:.8rem;font-weight:600}
tbody th{font-weight:500}
th:first-child{padding-left:.9rem}
th:last-child,td:last-child{padding-right:.9rem}
.number{text-align:right}
.marked{background:var(--tint)}
.marked th,.marked td{font-weight:600}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1rem;margin:0 0 1.5rem}
figure{margin:0}
.figures figure{padding:.5rem .5rem .9rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
.figures svg{display:block;width:100%;max-width:34rem;height:auto;margin:0 auto}
.figures .gd .bg{fill:none}
figcaption{color:var(--soft);font-size:.88rem;line-height:1.45}
.figures figcaption{padding:.2rem .9rem 0}
.code{margin:0 0 1.25rem}
.code figcaption{margin:0 0 .4rem}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,13.5rem),1fr));gap:1rem;margin:0 0 1.5rem;\
padding:0;list-style:none}
.cards li{padding:.8rem 1rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
.cards .name{margin:0;font-weight:600}
.cards svg{display:block;width:100%;height:auto;max-height:11rem;margin:.3rem auto}
.cards .caption{margin:0 0 .3rem;color:var(--soft);font-size:.8rem;line-height:1.35}
.cards dl{margin:0;font-size:.86rem}
.cards dl div{grid-template-columns:4.7rem minmax(0,1fr);gap:0 .5rem;padding:.2rem 0}
.cards dl div:last-child{border:0}
details{margin:0 0 1rem}
summary{cursor:pointer;padding:.3rem 0;color:var(--accent)}
footer{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.88rem}
@media(min-width:68rem){
body{display:grid;grid-template-columns:minmax(0,1fr) 10.5rem;column-gap:2.25rem;align-items:start}
header,footer{grid-column:1/-1}
nav{grid-column:2;grid-row:2;position:sticky;top:1.5rem;margin-top:2.75rem;padding-left:1.1rem;\
border-left:1px solid var(--line)}
nav ol{display:block}
main{grid-column:1;grid-row:2;min-width:0}
}
@media(max-width:30rem){
dl div{grid-template-columns:1fr}
}
@media print{
:root{--ground:#fff}
html{font-size:10pt}
body{display:block;max-width:none;padding:0}
nav,.skip{display:none}
header{padding-top:0}
figure,tr,.cards li,.highlights li,.note{break-inside:avoid}
h2{break-after:avoid}
.scroll,pre{overflow:visible}
pre{white-space:pre-wrap}
.figures{grid-template-columns:1fr 1fr}
details::details-content{content-visibility:visible;block-size:auto}
@page{margin:18mm}
}
";
