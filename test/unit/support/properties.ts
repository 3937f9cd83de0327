// fast-check, with the same dice in each run: WARDKEY_SEED throws others, or those of a run that failed.
import fc from 'fast-check'

export const seed = Number(process.env.WARDKEY_SEED ?? 20260105)
fc.configureGlobal({ seed })

export { fc }
