// The conditions that a code is read under: each by itself, from bearable to too much, and some of a bad night together.
import { clean, type Scene } from './camera.ts'

export interface Condition {
  readonly group: string
  readonly name: string
  readonly scene: Scene
}
const list = <T>(group: string, values: readonly T[], name: (value: T) => string, part: (value: T) => Partial<Scene>) =>
  values.map((value): Condition => ({ group, name: name(value), scene: { ...clean, ...part(value) } }))

export const conditions: readonly Condition[] = [
  ...list(
    'tilt',
    [15, 30, 45],
    (it) => `${it}°`,
    (tiltDegrees) => ({ tiltDegrees }),
  ),
  ...list(
    'blur',
    [1, 1.5, 2, 3],
    (it) => `${it} px`,
    (blur) => ({ blur }),
  ),
  ...list(
    'moving hand',
    [3, 6, 9],
    (it) => `${it} px`,
    (smear) => ({ smear }),
  ),
  ...list(
    'glare',
    [0.1, 0.2, 0.3],
    (it) => `${it * 100} % of the code`,
    (glare) => ({ glare }),
  ),
  ...list(
    'dirt',
    [0.02, 0.05, 0.1],
    (it) => `${it * 100} % of the code`,
    (dirt) => ({ dirt }),
  ),
  ...list(
    'low light',
    [4, 16, 64],
    (it) => `1/${it} of daylight`,
    (it) => ({ exposure: 1 / it }),
  ),
  ...list(
    'size',
    [30, 90, 120, 150],
    (it) => `from ${it} cm`,
    (distanceCm) => ({ distanceCm }),
  ),
  ...list(
    'a bad night',
    [20],
    (it) => `${it}°, 1 px, 2 % dirt, 1/16`,
    (tiltDegrees) => ({
      ...{ tiltDegrees, blur: 1, dirt: 0.02, exposure: 1 / 16 },
    }),
  ),
]
