// The published JSON Schema is the one that the policy document has now.
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { policyDocument } from '../../../src/contracts/policy.ts'
import { policyJsonSchema } from '../../../src/contracts/policy-schema.ts'

const file = path.resolve(import.meta.dirname, '../../../docs/policy.schema.json')

it('docs/policy.schema.json is what `npm run -s cli -- policy schema` prints', () => {
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(policyJsonSchema())))
})

it('says what may be left out, and lets nothing else in', () => {
  const schema = policyJsonSchema() as { required?: string[]; properties: object; additionalProperties: boolean }
  expect(schema.required).toBeUndefined()
  expect(schema.additionalProperties).toBe(false)
  expect(Object.keys(schema.properties)).toEqual(Object.keys(policyDocument.shape))
})
