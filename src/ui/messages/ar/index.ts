// Arabic, whole, with the letters that Inter does not have.
import '@fontsource-variable/noto-sans-arabic/index.css'
import type { Words } from '../shape.ts'
import { administration } from './administration.ts'
import { failures } from './failures.ts'
import { screens } from './screens.ts'

export const ar: Words<'zero' | 'one' | 'two' | 'few' | 'many' | 'other'> = { ...screens, failures, administration }
