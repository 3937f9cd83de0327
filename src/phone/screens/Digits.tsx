// Eight digits, large enough to be read off a phone that lies on a desk.
const places = [0, 1, 2, 3, 4, 5, 6, 7] as const

export function Digits({ digits, label }: { digits: string; label: string }) {
  return (
    <div className="digits" role="img" aria-label={`${label}: ${digits.split('').join(' ')}`}>
      {places.map((place) => (
        <b key={place} aria-hidden="true">
          {digits[place]}
        </b>
      ))}
    </div>
  )
}
