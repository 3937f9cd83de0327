// What the organisation's look and its form say in Polish.
import type { brand as english } from '../en/brand.ts'
import type { Translated } from '../shape.ts'

export const brand: Translated<typeof english, 'one' | 'few' | 'many' | 'other'> = {
  heading: 'Wygląd ekranu blokady',
  how: 'Nazwa, logo i kolory Państwa organizacji otaczają kod QR do logowania, nigdy nie są w środku. Po nich personel rozpoznaje prawdziwy ekran.',
  name: 'Nazwa organizacji',
  nameHelp: 'Zostaw puste, jeśli mówi ją już logo.',
  logo: 'Logo organizacji',
  logoHelp: 'Obraz PNG, JPEG lub WebP. Duży zostanie zmniejszony.',
  logoRemove: 'Usuń logo',
  logoUnread: 'W tym pliku nie ma czytelnego obrazu. Wybierz PNG, JPEG lub WebP.',
  colour: {
    code: 'Kod QR na bieli',
    frame: 'Wokół kodu',
    frameInk: 'Napis wokół kodu',
    accentDark: 'Przyciski, ciemny motyw',
    accentLight: 'Przyciski, jasny motyw',
  },
  notColour: 'Wpisz kolor sześcioma znakami, na przykład 00598a.',
  low: {
    code: 'Tylko {{ratio}} do 1 na bieli. Aparat potrzebuje 4,5 do 1: wybierz ciemniejszy kolor.',
    frameInk: 'Tylko {{ratio}} do 1 na kolorze wokół kodu. Potrzeba 4,5 do 1: przyciemnij lub rozjaśnij jeden z nich.',
    accentDark: 'Tylko {{ratio}} do 1 na ciemnym tle. Potrzeba 4,5 do 1: wybierz jaśniejszy kolor.',
    accentLight: 'Tylko {{ratio}} do 1 na jasnym tle. Potrzeba 4,5 do 1: wybierz ciemniejszy kolor.',
  },
  preview: 'Tak to będzie wyglądać',
  example: 'Przykładowy kod QR',
  open: 'Wygląd ekranu blokady',
  remove: 'Wróć do zwykłego wyglądu',
  brighter: 'Jaśniejszy kod',
  normal: 'Zwykła jasność',
}
