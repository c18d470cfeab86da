/**
 * TrainingMonitor's sentences and numbers.
 */
import { clamp, format, percent } from "../kit/numbers.js";

/** The next of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is at least `value`. */
export function niceCeiling(value) {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value * (1 - 1e-12));
  return Number((step * power).toPrecision(12));
}

/** The epoch (from 1) with the smallest value, the first of equals; 0 where nothing was measured. */
export function lowestEpoch(values) {
  let best = -1;
  values.forEach((value, i) => {
    if (value !== null && (best < 0 || value < values[best])) best = i;
  });
  return best + 1;
}

/** Share of the whole run that is done, 0 .. 1: `finished` epochs, and `batch` of `numBatches` of the next. */
export function shareDone({ finished, epoch, batch, numBatches, numEpochs }) {
  const within = epoch > finished && numBatches > 0 ? batch / numBatches : 0;
  return clamp((finished + within) / numEpochs, 0, 1);
}

/** What the run is doing, in words; `seconds` is null where no run was watched. */
export function progressText({ finished, epoch, batch, numBatches, numEpochs, seconds }) {
  const time = seconds === null ? "" : ` · ${seconds.toFixed(1)} s`;
  if (finished >= numEpochs) return `Trained for ${numEpochs} ${numEpochs === 1 ? "epoch" : "epochs"}${time}`;
  if (epoch > finished) {
    const ofBatches = numBatches > 0 ? ` of ${numBatches}` : "";
    return `Epoch ${epoch} of ${numEpochs}, batch ${batch}${ofBatches}${time}`;
  }
  return finished === 0 ? "Not trained yet" : `${finished} of ${numEpochs} epochs done${time}`;
}

/** Values at one epoch (from 1), one sentence for a screen reader. */
export function epochSentence(epoch, curves) {
  const value = (name) => curves[name]?.[epoch - 1] ?? null;
  const named = {
    train_loss: "training loss",
    val_loss: "validation loss",
    accuracy: "accuracy",
    lr: "learning rate",
  };
  const parts = Object.entries(named)
    .filter(([name]) => value(name) !== null)
    .map(([name, words]) => `${words} ${name === "accuracy" ? percent(value(name)) : format(value(name))}`);
  return `Epoch ${epoch}: ${parts.join(", ") || "nothing measured"}.`;
}

/** As few digits as the number needs: 2, 0.25, 5×10⁻⁴. */
export function shortNumber(value, digits = 2) {
  if (!(value > 0 && value < 0.01)) return String(Number(value.toPrecision(digits)));
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e-");
  const factor = Number(mantissa) === 1 ? "" : `${Number(mantissa)}×`;
  return `${factor}10⁻${[...exponent].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("")}`;
}
