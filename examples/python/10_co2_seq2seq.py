"""Carbon dioxide on Mauna Loa a year ahead, by an encoder and a decoder that looks back at the window."""

import gedanken as gd

forecaster = gd.forecast(
    gd.Seq2seq(hidden=32, attention="multiplicative"),
    "co2",
    time="date",
    target="co2",
    horizon=12,
    window=36,
    resample="1mo",
    impute="linear",
    calendar=["month_of_year"],
    train=gd.Training(epochs=60),
    baselines=False,
)
said = forecaster.predict()
month = {date[5:7]: value for date, value in zip(said["date"], said["co2"])}
print("\n".join(f"month {name}: {value:.1f} ppm" for name, value in sorted(month.items())))

# May is the highest month of a year, September or October the lowest.
assert month["05"] - month["10"] > 3
