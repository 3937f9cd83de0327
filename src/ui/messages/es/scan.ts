// What a phone that scans is told about in Spanish: binding, answers, the camera.
import type { scan as english } from '../en/scan.ts'
import type { Translated } from '../shape.ts'

export const scan: Translated<typeof english, 'one' | 'many' | 'other'> = {
  bind: 'Emparejar un teléfono',
  bindFor: 'Emparejar un teléfono para {{name}}',
  bindOwn: 'Emparejar mi teléfono',
  bindAgain: 'Emparejar un teléfono nuevo',
  which:
    'Vincular teléfono: una aplicación de autenticación muestra cifras que se escriben. Emparejar un teléfono: el teléfono escanea la pantalla de bloqueo y la persona aprueba en él.',
  bindEnds:
    'Los teléfonos de antes dejan de valer en cuanto se empareja el nuevo. Una sesión abierta con uno de ellos se bloquea al instante.',
  bound: 'Emparejado para escanear',
  qr: 'Código QR de emparejamiento',
  steps: [
    'Abra Wardkey en el teléfono y pulse Escanear. O escanee con su cámara y abra la página.',
    'El teléfono crea sus claves. Después muestra un código y 16 caracteres.',
    'Traiga aquí uno de los dos: muéstrelo o escríbalo.',
  ],
  byCamera: 'Acercar el código del teléfono a la cámara de este puesto',
  noCamera: 'Este puesto no tiene cámara.',
  typed: 'Parte del teléfono',
  typedHelp: 'Las 16 letras y cifras bajo «sin cámara» en el teléfono.',
  send: 'Continuar',
  shortPart: 'La parte tiene 16 letras y cifras.',
  partCame: {
    shown: 'Se ha leído el código del teléfono. Escriba ahora las ocho cifras que muestra.',
    typed: 'Se ha aceptado la parte. Escriba ahora las ocho cifras que el teléfono muestra para ella.',
    sent: 'El teléfono ha enviado su parte. Escriba ahora las ocho cifras que muestra.',
  },
  part: {
    'not-a-part': 'El teléfono muestra otra cosa. Acerque el código que muestra para emparejar.',
    'other-offer': 'Esto pertenece a otro código. Escanee con el teléfono el de esta pantalla.',
    'bad-part': 'No se pudo comprobar el código del teléfono. Escanee otra vez esta pantalla.',
    'second-part':
      'Respondió un segundo teléfono, así que este código ya no vale. Cree uno nuevo y escanéelo con un solo teléfono.',
    expired: 'El tiempo de este código ha terminado. Cree uno nuevo.',
    'not-now': 'Ahora no es posible. Vuelva a intentarlo en un momento.',
  },
  confirm: {
    'no-part': 'Primero la parte del teléfono: muéstrela o escríbala.',
    'wrong-code': 'Esas cifras no coinciden. Escriba las ocho que el teléfono muestra ahora.',
    expired: 'El tiempo de este código ha terminado. Cree uno nuevo.',
    'too-many-tries': 'Demasiados intentos. Cree un código nuevo y empiece otra vez.',
    'not-now': 'Ahora no es posible. Vuelva a intentarlo en un momento.',
    'last-administrator':
      'La política exige más de lo que puede este teléfono, y terminaría el último acceso de un administrador. No se ha cambiado nada: use un teléfono que pueda comprobar quién lo lleva.',
  },
  secondEnded: 'Respondió un segundo teléfono, así que este código ya no vale.',
  endedNext: 'Cree uno nuevo y escanéelo con el teléfono.',
  welcome: {
    heading: 'Escanee una vez más',
    why: 'El teléfono de {{name}} está emparejado. Ahora aprende qué puesto es este: pulse Escanear en el teléfono y escanee este código. Le avisará ante puestos que no conozca.',
    qr: 'Código QR de bienvenida',
    done: 'Hecho',
    sent: '¿El teléfono dice por sí solo que está vinculado? Entonces ya conoce este puesto: pulse Hecho.',
    skip: 'Un teléfono emparejado sin cámara puede prescindir de esto.',
  },
  camera: {
    name: 'Cámara',
    picture: 'Lo que ve la cámara',
    starting: 'Iniciando la cámara…',
    reading: 'Acerque el código del teléfono a la cámara, a unos 20 cm.',
    'not-allowed': 'Wardkey no puede usar la cámara. Pregunte a informática o escriba.',
    'no-camera': 'No hay ninguna cámara. Escriba en su lugar.',
    'in-use': 'Otro programa usa la cámara. Ciérrelo o escriba.',
    failed: 'La cámara no funciona. Escriba en su lugar.',
    close: 'Cerrar la cámara',
  },
  show: 'Mostrar el teléfono a la cámara',
  hint: 'Escanee con Wardkey en su teléfono. Luego escriba aquí sus ocho cifras.',
  hintCamera: 'Escanee con Wardkey en su teléfono. Luego escriba sus ocho cifras o muéstrelo a la cámara.',
  hintId:
    'Escanee con Wardkey en su teléfono. Luego elija «Otras formas» y escriba su ID de personal y las ocho cifras.',
  answer: 'Respuesta del teléfono',
  answerHint: 'Ocho cifras, tras escanear el código de esta pantalla.',
  shortAnswer: 'Una respuesta tiene ocho cifras.',
  ask: {
    qr: 'Código QR para esta aprobación',
    hint: 'O escanee esto con Wardkey en su teléfono. Después escriba sus ocho cifras, o muéstrelo a la cámara.',
    hintOther:
      'O la segunda persona escanea esto con Wardkey en su teléfono. Después escriba sus ocho cifras, o muéstrelo a la cámara.',
    notAllowed: {
      'step-up': 'Ese es el teléfono de otra persona. Tiene que ser el de quien tiene la sesión abierta.',
      move: 'Ese es el teléfono de otra persona. Tiene que ser el de quien tiene la sesión abierta.',
      second: 'Tiene que ser otra persona que pueda hacerlo.',
      approval: 'Tiene que ser otra persona que pueda hacerlo.',
    },
    notApproved: 'El teléfono ha dicho que no. No se ha cambiado nada; la administración está avisada.',
  },
  said: {
    'challenge-over': 'Ese código ha caducado. Escanee el nuevo.',
    'wrong-or-over':
      'Esas cifras no coinciden. Este puesto acaba de iniciarse y los códigos de antes han caducado: escanee el nuevo.',
    'already-used': 'Esta respuesta ya se usó. Escanee otra vez el código.',
    'wrong-code': 'Esas cifras no coinciden. Escanee otra vez el código.',
    'id-needed': 'Escriba también su ID de personal.',
    'phone-closed': 'Su teléfono dijo que no hace poco y está cerrado. Espere 15 minutos o entre de otra forma.',
    'form-refused': 'Aquí no valen las respuestas escritas. Muestre su teléfono a la cámara.',
    'verification-needed':
      'Su teléfono debe comprobar que es usted. Escanee de nuevo y desbloquee con el dedo, la cara o el PIN.',
    'location-needed':
      'Su teléfono debe indicar dónde está. Actívelo al comienzo de la página del teléfono, escanee otra vez y muestre o envíe la respuesta.',
    'not-approved': 'El teléfono dijo que no. No ha entrado nadie; los administradores están avisados.',
    'not-an-answer':
      'Esto no es una respuesta. Escanee el código de esta pantalla y acerque lo que el teléfono muestre entonces.',
    'other-station': 'Esta respuesta es para otro puesto. Escanee el código de esta pantalla.',
    'bad-answer':
      'No se pudo comprobar esta respuesta. Escanee de nuevo. Si no ayuda, haga emparejar otra vez el teléfono.',
  },
}
