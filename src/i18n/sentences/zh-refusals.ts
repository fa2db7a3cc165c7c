/**
 * Simplified Chinese sentences: what the API server finds wrong with a manifest. What is wrong, with which field, is said in Chinese; the reason
 * stays in the server's own words, as kubectl prints them, where it is not one of the few that everybody meets.
 */
import type { SentencePair } from '../sentences';

export const ZH_REFUSALS: readonly SentencePair[] = [
  ['must be greater than or equal to {least}', '必须大于或等于 {least}'],
  ['must be greater than zero', '必须大于零'],
  ['must be less than or equal to {what}', '必须小于或等于 {what}'],
  ['must be no more than {count} characters', '不得超过 {count} 个字符'],
  ['must be no more than {count} bytes', '不得超过 {count} 字节'],
  ['must be unique', '必须唯一'],
  ['`selector` does not match template `labels`', '`selector` 与模板的 `labels` 不匹配'],
  ['field is immutable', '该字段不可更改（field is immutable）'],
  [
    'a lowercase RFC 1123 subdomain must {rule}',
    '必须是小写的 RFC 1123 子域名（a lowercase RFC 1123 subdomain must {rule}）',
  ],
  ['a lowercase RFC 1123 label must {rule}', '必须是小写的 RFC 1123 标签（a lowercase RFC 1123 label must {rule}）'],

  ['{what}: {field}: Invalid value: {value}: {*why}', '{what}：{field} 的值 {value} 无效，API 服务器说：{*why}'],
  ['{what}: {field}: Invalid value: {why}', '{what}：{field} 的值无效，API 服务器说：{why}'],
  ['{what}: {field}: Unsupported value: {why}', '{what}：{field} 的值不受支持，API 服务器说：{why}'],
  ['{what}: {field}: Duplicate value: {value}', '{what}：{field} 的值 {value} 重复'],
  ['{what}: {field}: Required value: {*why}', '{what}：缺少必填的 {field}，API 服务器说：{*why}'],
  ['{what}: {field}: Required value', '{what}：缺少必填的 {field}'],
  ['{what}: {field}: Forbidden: {*why}', '{what}：不允许这样写 {field}，API 服务器说：{*why}'],
  ['{what}: {field}: Not found: {value}', '{what}：{field} 指向的 {value} 不存在'],
  ['{what}: {field}: Too long: {*why}', '{what}：{field} 太长，API 服务器说：{*why}'],
  ['{what}: {field}: Too many: {why}', '{what}：{field} 太多，API 服务器说：{why}'],
  ['{what}: spec.{field}: {*why}', '{what}：spec.{field} 不合要求，API 服务器说：{*why}'],
  ['{what}: metadata.{field}: {*why}', '{what}：metadata.{field} 不合要求，API 服务器说：{*why}'],
];
