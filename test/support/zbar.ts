// How zbarimg is asked: for QR codes alone, since among their modules it now and then sees a bar code that is none.
export const zbarArgs: readonly string[] = ['-q', '--raw', '-Sdisable', '-Sqrcode.enable']
