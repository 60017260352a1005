"""Carbon dioxide on Mauna Loa a year ahead, by a simple LSTM, compared with naive baselines."""

import gedanken as gd

forecaster = gd.forecast(
    gd.Lstm(hidden=32),
    "co2",
    time="date",
    target="co2",
    horizon=12,
    window=36,
    resample="1mo",
    impute="linear",
    train=gd.Training(epochs=60),
)
print(forecaster.summary())

said = forecaster.predict()
for date, expected, low, high in zip(said["date"], said["co2"], said["co2 low"], said["co2 high"]):
    print(f"{date}  {expected:.1f} ppm, {low:.1f} to {high:.1f}")

mae = {scores["model"]: scores["targets"][0]["errors"]["mae"] for scores in forecaster.metrics["test"]}
assert mae["lstm"] < 0.5 * mae["seasonal naive (12)"]
