// Where the eye is: it turns around a point, comes nearer and goes further; from the places of points to the screen.

const VIEW_ANGLE = 45;
const NEAREST = 0.15;
const FURTHEST = 30;
// From this distance the points fill a square window from side to side.
const NARROWEST = 2.7;

export class Orbit {
  target = [0, 0, 0];
  distance = 3.6;
  // Radians to the side and upwards.
  turn = 0.6;
  tilt = 0.4;
  width = 1;
  height = 1;
  isFlat = false;

  static angle = VIEW_ANGLE;

  reset(isFlat) {
    this.isFlat = isFlat;
    this.target = [0, 0, 0];
    // From further away where the window is narrow, so that all points are in it.
    this.distance = Math.max(isFlat ? 3 : 3.6, (NARROWEST * this.height) / this.width);
    this.turn = isFlat ? 0 : 0.6;
    this.tilt = isFlat ? 0 : 0.4;
  }

  // From a place to a place, each {x, y, z}; what is no such place is passed over.
  look({ position, target } = {}) {
    const places = [position, target].map((place) => [place?.x, place?.y, place?.z]);
    if (!places.flat().every(Number.isFinite)) return;
    const back = places[0].map((value, i) => value - places[1][i]);
    const distance = Math.hypot(...back);
    if (distance === 0) return;
    this.target = places[1];
    this.zoom(distance / this.distance);
    if (this.isFlat) return;
    this.turn = Math.atan2(back[0], back[2]);
    this.tilt = Math.asin(Math.max(-1, Math.min(1, back[1] / distance)));
  }

  rotate(dx, dy) {
    if (this.isFlat) return this.pan(dx, dy);
    this.turn -= dx * 0.008;
    this.tilt = Math.max(-1.55, Math.min(1.55, this.tilt + dy * 0.008));
    return undefined;
  }

  // By pixels, so that what is at the target's distance stays under the pointer.
  pan(dx, dy) {
    const perPixel = (2 * this.distance * Math.tan((VIEW_ANGLE / 360) * Math.PI)) / this.height;
    const { right, up } = this.axes();
    this.target = this.target.map((value, i) => value - right[i] * dx * perPixel + up[i] * dy * perPixel);
  }

  zoom(factor) {
    this.distance = Math.max(NEAREST, Math.min(FURTHEST, this.distance * factor));
  }

  // Unit vectors: to the right, upwards, and from the target to the eye.
  axes() {
    const [st, ct, sp, cp] = [Math.sin(this.turn), Math.cos(this.turn), Math.sin(this.tilt), Math.cos(this.tilt)];
    return { right: [ct, 0, -st], up: [-st * sp, cp, -ct * sp], back: [st * cp, sp, ct * cp] };
  }

  eye() {
    const { back } = this.axes();
    return this.target.map((value, i) => value + back[i] * this.distance);
  }

  // [x, y in pixels, depth]; a point behind the eye has a depth that is not positive.
  projector() {
    const { right, up, back } = this.axes();
    const eye = this.eye();
    const focal = this.height / (2 * Math.tan((VIEW_ANGLE / 360) * Math.PI));
    return (x, y, z) => {
      const [dx, dy, dz] = [x - eye[0], y - eye[1], z - eye[2]];
      const depth = -(dx * back[0] + dy * back[1] + dz * back[2]);
      const scale = focal / depth;
      return [this.width / 2 + (dx * right[0] + dy * right[1] + dz * right[2]) * scale, this.height / 2 - (dx * up[0] + dy * up[1] + dz * up[2]) * scale, depth];
    };
  }
}
