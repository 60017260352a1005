//! Ordinates of `(X++(Y..Y))`, plain or in one of the compressed forms.
//!
//! Each line begins with its abscissa. In the compressed forms the first digit of an ordinate is a letter that also tells its sign
//! and what it means; the next ordinate begins where the next such letter or sign stands.
//!
//! | form | first digit: positive, negative | the number is |
//! |---|---|---|
//! | PAC | `+`, `-` | an ordinate |
//! | SQZ | `@ A-I`, `a-i` | an ordinate |
//! | DIF | `% J-R`, `j-r` | a difference from the ordinate before |
//! | DUP | `S-Z s` | how often what stands before is there in all |
//!
//! After a line that ends with a difference, the next begins with its last ordinate once more, as a check.

/// A line and what is wrong in it.
type Fault = (usize, String);

/// What stands in a line.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    Ordinate(f64),
    Difference(f64),
    Repeat(usize),
    Missing,
}

/// All ordinates times a factor; NaN where `?` stands for one.
pub(super) fn decode<'a>(lines: impl Iterator<Item = (usize, &'a str)>, factor: f64) -> Result<Vec<f64>, Fault> {
    let mut y: Vec<f64> = Vec::new();
    // The token before, which a repetition repeats; at the end of a line, whether the next begins with a check.
    let mut before: Option<Token> = None;
    for (line, text) in lines {
        let fault = |reason: String| (line, reason);
        let mut tokens = tokens(text).map_err(fault)?.into_iter().peekable();
        if let (Some(Token::Difference(_)), Some(&last)) = (before, y.last()) {
            match tokens.next() {
                Some(Token::Ordinate(check)) if check == last => before = Some(Token::Ordinate(check)),
                Some(Token::Ordinate(check)) => {
                    return Err(fault(format!(
                        "the line begins with {check}, expected {last}, the last of the line before"
                    )));
                }
                _ => return Err(fault(format!("the line does not begin with {last}, the last of the line before"))),
            }
        }
        for token in tokens {
            match token {
                Token::Repeat(n) => {
                    let Some(repeated) = before else { return Err(fault("there is nothing to repeat".into())) };
                    for _ in 1..n {
                        push(&mut y, repeated).map_err(fault)?;
                    }
                }
                token => {
                    push(&mut y, token).map_err(fault)?;
                    before = Some(token);
                }
            }
        }
    }
    Ok(y.into_iter().map(|y| factor * y).collect())
}

fn push(y: &mut Vec<f64>, token: Token) -> Result<(), String> {
    let next = match (token, y.last()) {
        (Token::Ordinate(x), _) => x,
        (Token::Difference(step), Some(last)) => last + step,
        (Token::Difference(_), None) => return Err("a difference stands before any ordinate".into()),
        (Token::Missing, _) => f64::NAN,
        (Token::Repeat(_), _) => return Err("a repetition is repeated".into()),
    };
    y.push(next);
    Ok(())
}

/// The tokens of a line after its abscissa.
fn tokens(line: &str) -> Result<Vec<Token>, String> {
    let words = || line.split([' ', '\t', ',', ';']).filter(|word| !word.is_empty());
    // Plain numbers with spaces between them, also with exponents, whose E would else be a digit.
    if words().count() > 1 && words().all(|word| word.parse::<f64>().is_ok()) {
        return Ok(words().skip(1).filter_map(|word| word.parse().ok()).map(Token::Ordinate).collect());
    }
    let mut rest = line;
    let mut tokens = Vec::new();
    let mut is_abscissa = true;
    while let Some(first) = rest.chars().next() {
        let behind = &rest[first.len_utf8()..];
        if matches!(first, ' ' | '\t' | ',' | ';') {
            rest = behind;
            continue;
        }
        if first == '?' {
            tokens.push(Token::Missing);
            rest = behind;
            continue;
        }
        let (digits, after) =
            behind.split_at(behind.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(behind.len()));
        let number = |start: &str| {
            let text = format!("{start}{digits}");
            text.parse::<f64>().map_err(|_| format!("`{first}{digits}` is not a number"))
        };
        let token = match first {
            '0'..='9' | '.' | '+' | '-' => Token::Ordinate(number(&first.to_string())?),
            '@' => Token::Ordinate(number("0")?),
            'A'..='I' => Token::Ordinate(number(&digit(first, 'A'))?),
            'a'..='i' => Token::Ordinate(number(&format!("-{}", digit(first, 'a')))?),
            '%' => Token::Difference(number("0")?),
            'J'..='R' => Token::Difference(number(&digit(first, 'J'))?),
            'j'..='r' => Token::Difference(number(&format!("-{}", digit(first, 'j')))?),
            'S'..='Z' => Token::Repeat(number(&digit(first, 'S'))? as usize),
            's' => Token::Repeat(number("9")? as usize),
            other => return Err(format!("`{other}` is not part of an ordinate")),
        };
        if !is_abscissa {
            tokens.push(token);
        } else if !matches!(token, Token::Ordinate(_)) {
            return Err("the line does not begin with its abscissa".into());
        }
        is_abscissa = false;
        rest = after;
    }
    Ok(tokens)
}

/// The digit that a letter stands for, counted from 1.
fn digit(letter: char, first: char) -> String {
    (letter as u32 - first as u32 + 1).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Result<Vec<f64>, Fault> {
        decode(lines.iter().enumerate().map(|(at, line)| (at + 1, *line)), 1.0)
    }

    /// The ordinates of the examples of the standard, in each of its forms.
    const EXPECTED: [f64; 10] = [1.0, 2.0, 3.0, 3.0, 2.0, 1.0, 0.0, -1.0, -2.0, -3.0];

    #[test]
    fn every_form_gives_the_same_ordinates() {
        for line in [
            "1 1 2 3 3 2 1 0 -1 -2 -3",
            "1+1+2+3+3+2+1+0-1-2-3",
            "1A B C C B A @ a b c",
            "1ABCCBA@abc",
            "1ABCTBA@abc",
            "1AJJ%jjjjjj",
            "1AJT%jX",
        ] {
            assert_eq!(read(&[line]).unwrap(), EXPECTED, "{line}");
        }
    }

    #[test]
    fn a_line_behind_a_difference_begins_with_a_check() {
        assert_eq!(read(&["1A00J1%", "4A11K", "5A13"]).unwrap(), [100.0, 111.0, 111.0, 113.0]);
        assert_eq!(read(&["1A0", "2B0"]).unwrap(), [10.0, 20.0]);
        let (line, reason) = read(&["1A00J1", "3A12K"]).unwrap_err();
        assert_eq!((line, reason.as_str()), (2, "the line begins with 112, expected 111, the last of the line before"));
        assert!(read(&["1A00J1", "3"]).unwrap_err().1.contains("does not begin with 111"));
    }

    #[test]
    fn exponents_are_no_digits_and_a_question_mark_is_a_gap() {
        assert_eq!(read(&["4.0E+02 1.5E-1 2e3"]).unwrap(), [0.15, 2000.0]);
        let y = read(&["1 5?7"]).unwrap();
        assert!(y[0] == 5.0 && y[1].is_nan() && y[2] == 7.0);
    }

    #[test]
    fn what_is_no_ordinate_is_told() {
        assert_eq!(read(&["1A", "2A!"]).unwrap_err(), (2, "`!` is not part of an ordinate".into()));
        assert!(read(&["1J"]).unwrap_err().1.contains("before any ordinate"));
        assert!(read(&["1T"]).unwrap_err().1.contains("nothing to repeat"));
        assert!(read(&["J1"]).unwrap_err().1.contains("does not begin with its abscissa"));
        assert!(read(&["1 2..3.4x"]).is_err());
    }
}
