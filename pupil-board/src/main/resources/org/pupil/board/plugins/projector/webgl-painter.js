// Paints the points with three.js: dots, or pictures out of a sprite.
import { Orbit } from './orbit.js';

const VERTEX = `
attribute vec3 tint;
attribute float size;
attribute float number;
attribute float fade;
uniform float scale;
uniform vec2 grid;
varying vec3 vTint;
varying vec2 vCell;
varying float vFade;
void main() {
  vTint = tint;
  vFade = fade;
  vCell = vec2(mod(number, grid.x), floor(number / grid.x));
  vec4 place = modelViewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * place;
  gl_PointSize = clamp(size * scale / -place.z, 1.0, 400.0);
}`;

const FRAGMENT = `
uniform sampler2D sprite;
uniform vec2 grid;
uniform bool pictures;
uniform vec3 paper;
varying vec3 vTint;
varying vec2 vCell;
varying float vFade;
void main() {
  vec2 at = gl_PointCoord;
  if (pictures) {
    vec2 edge = min(at, 1.0 - at);
    if (min(edge.x, edge.y) < 0.05) gl_FragColor = vec4(vTint, 1.0);
    else gl_FragColor = vec4(texture2D(sprite, (vCell + at) / grid).rgb, 1.0);
  } else {
    float away = length(at - 0.5);
    if (away > 0.5) discard;
    gl_FragColor = vec4(vTint * (away > 0.4 ? 0.75 : 1.0), 1.0);
  }
  gl_FragColor.rgb = mix(gl_FragColor.rgb, paper, vFade);
}`;

const ATTRIBUTES = [['position', 3], ['tint', 3], ['size', 1], ['number', 1], ['fade', 1]];

export class WebglPainter {
  // Fails where there is no WebGL.
  static async make(canvas) {
    const three = await import('../../libraries/three/three.module.min.js');
    return new WebglPainter(three, canvas);
  }

  constructor(three, canvas) {
    this.three = three;
    this.renderer = new three.WebGLRenderer({ canvas, antialias: true, alpha: true, preserveDrawingBuffer: false });
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.camera = new three.PerspectiveCamera(Orbit.angle, 1, 0.01, 100);
    this.scene = new three.Scene();
    this.axes = null;
    this.material = new three.ShaderMaterial({
      vertexShader: VERTEX, fragmentShader: FRAGMENT, transparent: false,
      uniforms: { scale: { value: 1 }, grid: { value: new three.Vector2(1, 1) }, sprite: { value: null }, pictures: { value: false }, paper: { value: new three.Vector3() } },
    });
    this.geometry = new three.BufferGeometry();
    this.points = new three.Points(this.geometry, this.material);
    this.points.frustumCulled = false;
    this.scene.add(this.points);
  }

  // sprite: {image, columns, rows} or null
  setSprite(sprite) {
    const { uniforms } = this.material;
    uniforms.sprite.value?.dispose();
    uniforms.sprite.value = null;
    if (sprite === null) return;
    const texture = new this.three.Texture(sprite.image);
    texture.flipY = false;
    texture.colorSpace = this.three.NoColorSpace;
    texture.needsUpdate = true;
    uniforms.sprite.value = texture;
    uniforms.grid.value.set(sprite.columns, sprite.rows);
  }

  // arrays: {position, tint, size, number, fade}
  setPoints(arrays) {
    for (const [name, width] of ATTRIBUTES) {
      const old = this.geometry.getAttribute(name);
      if (old !== undefined && old.array.length === arrays[name].length) {
        old.array.set(arrays[name]);
        old.needsUpdate = true;
      } else this.geometry.setAttribute(name, new this.three.BufferAttribute(arrays[name], width));
    }
    this.geometry.setDrawRange(0, arrays.size.length);
  }

  paint(orbit, { pictures, line, paper }) {
    this.renderer.setSize(orbit.width, orbit.height, false);
    this.camera.aspect = orbit.width / orbit.height;
    this.camera.updateProjectionMatrix();
    this.camera.position.set(...orbit.eye());
    this.camera.up.set(...orbit.axes().up);
    this.camera.lookAt(...orbit.target);
    const { uniforms } = this.material;
    uniforms.paper.value.set(...paper);
    uniforms.pictures.value = pictures && uniforms.sprite.value !== null;
    uniforms.scale.value = (orbit.height * this.renderer.getPixelRatio()) / (2 * Math.tan((Orbit.angle / 360) * Math.PI));
    this.#showAxes(orbit.isFlat, line);
    this.renderer.render(this.scene, this.camera);
  }

  #showAxes(isFlat, line) {
    const { three } = this;
    const key = `${isFlat} ${line}`;
    if (this.axes?.key === key) return;
    if (this.axes) this.scene.remove(this.axes.lines);
    const ends = isFlat ? [-1, 0, 0, 1, 0, 0, 0, -1, 0, 0, 1, 0] : [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1];
    const geometry = new three.BufferGeometry();
    geometry.setAttribute('position', new three.BufferAttribute(Float32Array.from(ends), 3));
    const lines = new three.LineSegments(geometry, new three.LineBasicMaterial({ color: line }));
    this.scene.add(lines);
    this.axes = { key, lines };
  }

  dispose() {
    this.setSprite(null);
    this.geometry.dispose();
    this.material.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }
}
