//! Which vector instructions the processor has, and one body of code compiled for each.

/// The widest vector instructions that this program uses on this processor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Level {
    /// What every processor of the target has.
    Portable,
    /// 256-bit vectors with fused multiply-add.
    Avx2,
    /// 512-bit vectors.
    Avx512,
}

/// Asks the processor; the answer is cached by the standard library.
#[inline]
pub fn level() -> Level {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if has!("avx512f") && has!("avx512dq") && has!("avx512vl") && has!("avx512bw") && has!("fma") {
            return Level::Avx512;
        }
        if has!("avx2") && has!("fma") {
            return Level::Avx2;
        }
    }
    Level::Portable
}

/// Compiles a plain loop once for every [`Level`] and calls the one that fits the processor.
///
/// The loops contain no fused multiply-add of their own, so every level gives the same bits.
macro_rules! simd {
    ($(#[$meta:meta])* $vis:vis fn $name:ident<$t:ident: Real $(, $f:ident: $bound:ident)?>($($arg:ident: $ty:ty),* $(,)?) $(-> $out:ty)? $body:block) => {
        $(#[$meta])*
        $vis fn $name<$t: Real $(, $f: $bound<$t>)?>($($arg: $ty),*) $(-> $out)? {
            #[inline(always)]
            fn body<$t: Real $(, $f: $bound<$t>)?>($($arg: $ty),*) $(-> $out)? $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,fma")]
                fn avx512<$t: Real $(, $f: $bound<$t>)?>($($arg: $ty),*) $(-> $out)? {
                    body($($arg),*)
                }
                #[target_feature(enable = "avx2,fma")]
                fn avx2<$t: Real $(, $f: $bound<$t>)?>($($arg: $ty),*) $(-> $out)? {
                    body($($arg),*)
                }
                match $crate::simd::level() {
                    // SAFETY: `level` has found these instructions on this processor.
                    $crate::simd::Level::Avx512 => return unsafe { avx512($($arg),*) },
                    // SAFETY: as above.
                    $crate::simd::Level::Avx2 => return unsafe { avx2($($arg),*) },
                    $crate::simd::Level::Portable => {}
                }
            }
            body($($arg),*)
        }
    };
}
pub(crate) use simd;
