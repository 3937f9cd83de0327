// What alerts, and the report of a stranger’s sign-in, say in Arabic.
import type { alerts as english, notMe as englishNotMe } from '../en/alerts.ts'
import type { Translated } from '../shape.ts'

export const alerts: Translated<typeof english, 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'> = {
  open: 'تستدعي النظر',
  past: 'اطّلع عليها أحد',
  noPast: 'لم يطّلع أحد على أي تنبيه بعد.',
  failed: 'تعذرت قراءة التنبيهات. أعد المحاولة.',
  openCount_zero: '{{shown}} تنبيه مفتوح',
  openCount_one: 'تنبيه مفتوح واحد ({{shown}})',
  openCount_two: 'تنبيهان مفتوحان ({{shown}})',
  openCount_few: '{{shown}} تنبيهات مفتوحة',
  openCount_many: '{{shown}} تنبيهًا مفتوحًا',
  openCount_other: '{{shown}} تنبيه مفتوح',
  concerns: 'يخص',
  signIn: 'يقول صاحب الحساب إن الدخول في {{time}} لم يكن منه.',
  note: 'ملاحظة للسجل: {{what}}',
  acknowledge: 'اطّلعتُ عليه: {{what}}',
  by: 'اطّلع عليه {{name}}، {{time}}.',
  more: 'عرض المزيد',
  next: {
    'hub-conflict': 'لشخصين في المركز الرقم الوظيفي نفسه هنا. اطلب تغيير أحدهما في المركز.',
    'hub-policy-refused': 'سياسة المركز ستمنع الجميع هنا، لذا تبقى السابقة سارية. اطلب تغييرها في المركز.',
    'hub-phone-waiting':
      'لهذا الشخص هاتف رُبط هنا، والمركز يذكر هاتفًا آخر. اسأله. إن كان له فاسمح به بالأمر wardkey credentials let-in أو اربطه هنا، وإلا فألغِه.',
    'hub-key-refused': 'أرسل المركز مفاتيح أخرى لهاتف معروف هنا، أو هاتفًا يخص شخصًا آخر. لم تُقبل. اسأل من يدير المركز.',
    'phone-denied': 'اسأل الشخص هل كان ذلك سهوًا. هاتفه مغلق 15 دقيقة.',
    'phone-not-mine': 'تحدث مع الشخص الآن: ربما أرسل إليه أحد رمزًا ليمسحه. هاتفه مغلق 15 دقيقة.',
    'many-failures': 'اسأل من حاول الدخول هنا. تنتظر كل محاولة بضع ثوانٍ حتى يعود الهدوء.',
    'clock-wrong': 'اضبط ساعة هذا الحاسوب ثم ادخل برمز استرداد.',
    'credential-suspended': 'اسأل الشخص إن كان هو من حاول. فإن كان هو فاسمح للهاتف بالعمل، وإلا فسجّل هاتفًا جديدًا.',
    'pin-suspended': 'اسأل الشخص. فإن نسي رقمه السري فأبطله، ويختار رقمًا جديدًا عند دخوله التالي.',
    'log-caught-up': 'توقف Wardkey فجأة. إن لم ينقطع التيار فاسأل قسم تقنية المعلومات عن السبب.',
    'not-me': 'تحدّث إلى الشخص وانظر في الدخول ثم قرّر: اسمح له بالدخول من جديد، أو سجّل هاتفًا جديدًا.',
    'break-glass': 'راجعه ضمن «دخول الطوارئ»: تحدّث إلى من دخل، واكتب ما وجدته.',
    'emergency-record-broken': 'اسأل من كان عند هذا الحاسوب، واحتفظ بالملف المعزول، ثم أنشئ رموز طوارئ جديدة.',
    'emergency-codes-planted': 'كان أحد عند هذا الحاسوب. أبلغ قسم الأمن، واحتفظ بالملف المعزول، ثم أنشئ رموزًا جديدة.',
    other: 'انظر في الحدث ثم قرّر.',
  },
}

export const notMe: Translated<typeof englishNotMe, 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'> = {
  button: 'لم أكن أنا',
  which: 'أي دخول لم يكن منك؟',
  ends: 'تُقفل محطة العمل هذه الآن. ويُغلق حسابك وكل وسائل دخولك حتى ينظر أحد المسؤولين في الأمر. لا يُمحى شيء.',
  go: 'إبلاغ وقفل',
}
