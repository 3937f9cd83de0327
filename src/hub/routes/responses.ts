// What every route may answer beside what went well.
import { z } from 'zod'
import { hubRefusal, stationNumber } from '../../contracts/hub/names.ts'
import type { Role } from '../../contracts/roles.ts'

const refusals = {
  400: hubRefusal,
  401: hubRefusal,
  403: hubRefusal,
  404: hubRefusal,
  409: hubRefusal,
  413: hubRefusal,
  429: hubRefusal,
}
export const responses = <S extends z.ZodType>(good: S) => ({ 200: good, ...refusals })

export const base = '/v1/:organisation'
export const ofId = z.strictObject({ organisation: z.string(), id: z.uuid() })
export const ofStation = z.strictObject({ organisation: z.string(), number: stationNumber })

/** Who may: change, help, or look. */
export const change: readonly Role[] = ['administrator']
export const help: readonly Role[] = ['administrator', 'supervisor']
export const read: readonly Role[] = ['administrator', 'supervisor', 'auditor']
