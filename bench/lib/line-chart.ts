export interface Line {
  readonly name: string;
  readonly color: string;
  /** x and y, in the units of the axes. */
  readonly points: readonly (readonly [number, number])[];
}

export interface LineChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** A stretch of the x axis that is shaded. */
  readonly shaded?: { readonly from: number; readonly to: number; readonly name: string } | undefined;
}

export interface Axis {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

const width = 900;
const height = 360;
const box = { left: 80, right: width - 20, top: 70, bottom: height - 50 };
const text = `font-family="system-ui, sans-serif" font-size="13" fill="#333"`;

/** A chart as an SVG document, small enough to commit. */
export function lineChart({ title, x, y, lines, shaded }: LineChart): string {
  const atX = (value: number) => round(box.left + ((value - x.from) / (x.to - x.from)) * (box.right - box.left));
  const atY = (value: number) => round(box.bottom - ((value - y.from) / (y.to - y.from)) * (box.bottom - box.top));
  const across = steps(y).map((value) => {
    const at = atY(value);
    const label = `<text x="${box.left - 8}" y="${at + 4}" text-anchor="end" ${text}>${value.toLocaleString("en")}</text>`;
    return `<path d="M${box.left} ${at}H${box.right}" stroke="#ddd"/>${label}`;
  });
  const along = steps(x).map((value) => {
    return `<text x="${atX(value)}" y="${box.bottom + 18}" text-anchor="middle" ${text}>${value.toLocaleString("en")}</text>`;
  });
  const shade = shaded && [
    `<rect x="${atX(shaded.from)}" y="${box.top}" width="${round(atX(shaded.to) - atX(shaded.from))}" height="${box.bottom - box.top}" fill="#f3e3c8"/>`,
    `<text x="${round((atX(shaded.from) + atX(shaded.to)) / 2)}" y="${box.top - 6}" text-anchor="middle" ${text}>${shaded.name}</text>`,
  ];
  const drawn = lines.map(({ color, points }) => {
    const path = points.map(([px, py]) => `${atX(px)} ${atY(py)}`).join("L");
    return `<path d="M${path}" fill="none" stroke="${color}" stroke-width="1.5" stroke-linejoin="round"/>`;
  });
  const legend = lines.map(({ name, color }, index) => {
    const left = box.left + index * 230;
    return `<path d="M${left} 44h24" stroke="${color}" stroke-width="3"/><text x="${left + 30}" y="48" ${text}>${name}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${box.left}" y="24" ${text} font-weight="bold">${title}</text>`,
    ...(shade ?? []),
    ...across,
    ...along,
    `<text x="${box.right}" y="${height - 10}" text-anchor="end" ${text}>${x.name}</text>`,
    `<text x="16" y="${(box.top + box.bottom) / 2}" transform="rotate(-90 16 ${(box.top + box.bottom) / 2})" text-anchor="middle" ${text}>${y.name}</text>`,
    ...drawn,
    ...legend,
    "</svg>",
    "",
  ].join("\n");
}

function steps({ from, to, step }: Axis): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
