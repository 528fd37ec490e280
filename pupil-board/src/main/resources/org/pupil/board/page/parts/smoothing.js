// The exponential moving average of the scalar charts.

// Each finite value moves the average by 1 - weight of the way towards it; dividing by 1 - weight^n takes away
// that the average began at 0. NaN and infinities stand as they are and move nothing. A series that is constant
// is left alone, so that rounding does not make it waver.
export function smoothed(values, weight) {
  const result = new Float64Array(values.length);
  const constant = isConstant(values);
  let average = 0;
  let remaining = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (constant || weight <= 0 || !Number.isFinite(value)) {
      result[i] = value;
    } else {
      average = average * weight + (1 - weight) * value;
      remaining *= weight;
      result[i] = average / (1 - remaining);
    }
  }
  return result;
}

function isConstant(values) {
  for (let i = 1; i < values.length; i++) {
    if (values[i] !== values[0]) return false;
  }
  return true;
}
