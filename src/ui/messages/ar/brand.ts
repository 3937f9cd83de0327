// What the organisation's look and its form say in Arabic.
import type { brand as english } from '../en/brand.ts'
import type { Translated } from '../shape.ts'

export const brand: Translated<typeof english, 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'> = {
  heading: 'مظهر شاشة القفل',
  how: 'يحيط اسم مؤسستكم وشعارها وألوانها برمز QR للدخول ولا تدخل فيه أبدًا. بها يعرف الموظفون الشاشة الحقيقية.',
  name: 'اسم المؤسسة',
  nameHelp: 'اتركه فارغًا إن كان الشعار يذكره.',
  logo: 'الشعار',
  logoHelp: 'صورة PNG أو JPEG أو WebP. تُصغَّر الصورة الكبيرة.',
  logoRemove: 'إزالة الشعار',
  logoUnread: 'لا توجد في هذا الملف صورة يمكن قراءتها. اختر PNG أو JPEG أو WebP.',
  colour: {
    code: 'رمز QR على الأبيض',
    frame: 'حول الرمز',
    frameInk: 'الكلمات حول الرمز',
    accentDark: 'الأزرار في المظهر الداكن',
    accentLight: 'الأزرار في المظهر الفاتح',
  },
  notColour: 'اكتب اللون بستة أحرف، مثل 00598a.',
  low: {
    code: '{{ratio}} إلى 1 فقط على الأبيض. تحتاج الكاميرا إلى 4.5 إلى 1: اختر لونًا أغمق.',
    frameInk: '{{ratio}} إلى 1 فقط على اللون المحيط بالرمز. يلزم 4.5 إلى 1: اجعل أحدهما أغمق أو أفتح.',
    accentDark: '{{ratio}} إلى 1 فقط على الخلفية الداكنة. يلزم 4.5 إلى 1: اختر لونًا أفتح.',
    accentLight: '{{ratio}} إلى 1 فقط على الخلفية الفاتحة. يلزم 4.5 إلى 1: اختر لونًا أغمق.',
  },
  preview: 'هكذا ستبدو',
  example: 'مثال لرمز QR',
  open: 'مظهر شاشة القفل',
  remove: 'العودة إلى المظهر العادي',
  brighter: 'رمز أكثر سطوعًا',
  normal: 'السطوع العادي',
}
