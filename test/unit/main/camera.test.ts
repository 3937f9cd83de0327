// The window's leave to use the camera: none by itself, given and taken back, and never for longer than two minutes.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { windowCamera } from '../../../src/main/camera.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('is closed until it is wanted, and closed again when it is not', () => {
  const camera = windowCamera()
  expect(camera.isAllowed()).toBe(false)
  camera.allow(true)
  expect(camera.isAllowed()).toBe(true)
  camera.allow(false)
  expect(camera.isAllowed()).toBe(false)
})

it('closes by itself after two minutes, counted anew each time that it is wanted', () => {
  const camera = windowCamera()
  camera.allow(true)
  vi.advanceTimersByTime(90_000)
  camera.allow(true)
  vi.advanceTimersByTime(119_999)
  expect(camera.isAllowed()).toBe(true)
  vi.advanceTimersByTime(1)
  expect(camera.isAllowed()).toBe(false)
})

it('is not opened by a time that was over already', () => {
  const camera = windowCamera()
  camera.allow(true)
  camera.allow(false)
  vi.advanceTimersByTime(300_000)
  expect(camera.isAllowed()).toBe(false)
})
