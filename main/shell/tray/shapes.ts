/** How far a point is at least from the edge of a shape; negative inside. Units are of a square of 16. */
export type Shape = (x: number, y: number) => number

const length = (dx: number, dy: number): number => Math.sqrt(dx * dx + dy * dy)

export const disc = (cx: number, cy: number, radius: number): Shape => (x, y) => length(x - cx, y - cy) - radius

export const ring = (cx: number, cy: number, radius: number, width: number): Shape => (x, y) => Math.abs(length(x - cx, y - cy) - radius) - width / 2

export function stroke(x1: number, y1: number, x2: number, y2: number, width: number): Shape {
  const [dx, dy] = [x2 - x1, y2 - y1]
  return (x, y) => {
    const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
    return length(x - x1 - along * dx, y - y1 - along * dy) - width / 2
  }
}

export function box(left: number, top: number, width: number, height: number, radius: number): Shape {
  const [cx, cy] = [left + width / 2, top + height / 2]
  return (x, y) => {
    const [dx, dy] = [Math.abs(x - cx) - width / 2 + radius, Math.abs(y - cy) - height / 2 + radius]
    return length(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
  }
}

export const union = (...shapes: readonly Shape[]): Shape => (x, y) => Math.min(...shapes.map(shape => shape(x, y)))
export const both = (...shapes: readonly Shape[]): Shape => (x, y) => Math.max(...shapes.map(shape => shape(x, y)))
export const without = (shape: Shape, hole: Shape): Shape => (x, y) => Math.max(shape(x, y), -hole(x, y))
export const grown = (shape: Shape, by: number): Shape => (x, y) => shape(x, y) - by

/** The shape made `factor` as large around the upper left corner and moved. */
export const placed = (shape: Shape, factor: number, dx: number, dy: number): Shape => (x, y) => shape((x - dx) / factor, (y - dy) / factor) * factor

/** A shape of which only is known what lies inside. */
export function inside(isInside: (x: number, y: number) => boolean): Shape {
  return (x, y) => isInside(x, y)
    ? -Number.EPSILON
    : Number.EPSILON
}
