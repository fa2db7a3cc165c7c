/** Simplified Chinese: undo, what is kept, what is shared, what comes from elsewhere. */
import type { Translated } from '../language';
import type { enKeeping } from './en-keeping';

export const zhKeeping: Translated<typeof enKeeping> = {
  'undo.undo': '撤销',
  'undo.redo': '重做',
  'undo.undoWhat': '撤销：{what}（Ctrl+Z）',
  'undo.redoWhat': '重做：{what}（Shift+Ctrl+Z）',
  'undo.edit': '编辑文本',
  'undo.shown': '演示',
  'keys.undo': '撤销上一步（编辑或操作），以及重做',
  'banner.anew': 'Scenario 文档变了：已从头运行。撤销可以找回之前的运行。',
  'banner.addressTooLong': '内容太长，地址放不下。要分享请用“分享”。',
  'banner.unkept': '浏览器的存储已满或被禁止。一切照常工作，但重新加载后会丢失。',
  'compose.made': '由 Compose 文件生成。未能转换的部分，按原文件中的行号列出：',
  'compose.madeWhole': '由 Compose 文件生成。',
  'compose.note': '第 {line} 行，{where}：{said}',
  'compose.done': 'Compose 文件变成了 {count} 个对象。',
  'compose.notes': '有 {count} 处未能照原样转换：它们连同行号写在清单上方。',
};
