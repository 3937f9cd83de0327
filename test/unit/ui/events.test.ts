// Every type of event that the station writes has words, and a group.
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { eventGroup } from '../../../src/contracts/commands/audit.ts'
import { eventGroups, eventGroup as groupOf } from '../../../src/core/event-groups.ts'
import { eventTypes } from '../../../src/ui/messages/events.ts'

const root = path.resolve(import.meta.dirname, '../../..')

describe('every type of event', () => {
  const written = fs
    .readdirSync(path.join(root, 'src/station'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...fs
        .readFileSync(path.join(root, 'src/station', file), 'utf8')
        .matchAll(/\btype: '((?!public-key')[a-z]+(?:-[a-z]+)+)'/g),
    ])
    .map(([, type]) => type ?? '')

  it('that the station writes has words', () => {
    expect(written.length).toBeGreaterThan(20)
    expect(written.filter((type) => !eventTypes.some((known) => known === type))).toEqual([])
  })
  it('falls into a group of its own', () => {
    expect(eventTypes.filter((type) => groupOf(type) === 'other')).toEqual([])
    expect([...eventGroups].sort()).toEqual([...eventGroup.options].sort())
  })
})
