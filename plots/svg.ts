/** SVG as text: elements with escaped words, numbers in as few digits as a screen shows. */

export type Svg = string;

type Attributes = Readonly<Record<string, string | number>>;

export function element(name: string, attributes: Attributes, ...children: readonly Svg[]): Svg {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === 'number' ? digits(value) : escaped(value)}"`);
  return children.length === 0 ? `<${name}${list.join('')}/>` : `<${name}${list.join('')}>${children.join('')}</${name}>`;
}

export function words(text: string, attributes: Attributes): Svg {
  return element('text', attributes, escaped(text));
}

/** A whole picture, with a sentence that says what it shows. */
export function picture(width: number, height: number, description: string, ...children: readonly Svg[]): Svg {
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'font-family': 'Helvetica, Arial, sans-serif' };
  return `${element('svg', attributes, element('title', {}, escaped(description)), element('rect', { width, height, fill: '#ffffff' }), ...children)}\n`;
}

export function path(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${digits(x)} ${digits(y)}`).join('');
}

export function digits(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
