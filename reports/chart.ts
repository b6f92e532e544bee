import { FONT } from "./styles.ts";
import { XML_HEAD, xml } from "./xml.ts";

/** A series of numbers that stand in cells; the values travel with the chart so that it draws without recalculation. */
export interface ChartSeries {
  name: string;
  /** Cells of the values, `'Per bulan'!$C$8:$C$13`. */
  range: string;
  values: readonly bigint[];
  /** RRGGBB. */
  colour: string;
  dashed?: boolean;
}

/** A native chart of months, as lines or as columns side by side. */
export interface Chart {
  kind: "line" | "column";
  title: string;
  /** What the picture says, for those who cannot see it. */
  description: string;
  categories: { range: string; serials: readonly number[]; format: string };
  series: readonly ChartSeries[];
  axisTitle: string;
  /** Number format of the value axis; trailing commas divide by thousands. */
  axisFormat: string;
  language: "id" | "en";
  /** Zero-based cells of the upper left and the lower right corner. */
  from: { column: number; row: number };
  to: { column: number; row: number };
}

const NAMESPACES =
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** The chart part of the package (DrawingML, ECMA-376 part 1 §21.2). */
export function chartXml(chart: Chart): string {
  const series = chart.series.map((one, index) => seriesXml(chart, one, index)).join("");
  const plot =
    chart.kind === "line"
      ? `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${series}<c:marker val="1"/>${AXIS_IDS}</c:lineChart>`
      : `<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>${series}<c:gapWidth val="60"/><c:overlap val="0"/>${AXIS_IDS}</c:barChart>`;
  return (
    `${XML_HEAD}<c:chartSpace ${NAMESPACES}><c:date1904 val="0"/><c:lang val="${chart.language === "id" ? "id-ID" : "en-GB"}"/>` +
    `<c:roundedCorners val="0"/><c:chart>${titleXml(chart.title, 1200, true)}<c:autoTitleDeleted val="0"/>` +
    `<c:plotArea><c:layout/>${plot}${categoryAxis(chart)}${valueAxis(chart)}${fill("FFFFFF")}</c:plotArea>` +
    `<c:legend><c:legendPos val="b"/><c:overlay val="0"/>${textProperties(1000)}</c:legend>` +
    `<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart>` +
    `<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="B7C3D3"/></a:solidFill></a:ln></c:spPr>` +
    `<c:printSettings><c:headerFooter/><c:pageMargins b="0.75" l="0.7" r="0.7" t="0.75" header="0.3" footer="0.3"/></c:printSettings></c:chartSpace>`
  );
}

const AXIS_IDS = '<c:axId val="111111111"/><c:axId val="222222222"/>';

function seriesXml(chart: Chart, series: ChartSeries, index: number): string {
  const colour = `<a:solidFill><a:srgbClr val="${series.colour}"/></a:solidFill>`;
  const line = `<a:ln w="28575" cap="rnd">${colour}${series.dashed ? '<a:prstDash val="dash"/>' : ""}<a:round/></a:ln>`;
  const marker = `<c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>${colour}<a:ln w="9525">${colour}</a:ln></c:spPr></c:marker>`;
  const look =
    chart.kind === "line"
      ? `<c:spPr>${line}</c:spPr>${marker}`
      : `<c:spPr>${colour}</c:spPr><c:invertIfNegative val="0"/>`;
  const { range, serials, format } = chart.categories;
  return (
    `<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:v>${xml(series.name)}</c:v></c:tx>${look}` +
    `<c:cat><c:numRef><c:f>${xml(range)}</c:f>${numbers(serials, format)}</c:numRef></c:cat>` +
    `<c:val><c:numRef><c:f>${xml(series.range)}</c:f>${numbers(series.values, "#,##0")}</c:numRef></c:val>` +
    `${chart.kind === "line" ? '<c:smooth val="0"/>' : ""}</c:ser>`
  );
}

function numbers(values: readonly (bigint | number)[], format: string): string {
  const points = values.map((value, index) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`).join("");
  return `<c:numCache><c:formatCode>${xml(format)}</c:formatCode><c:ptCount val="${values.length}"/>${points}</c:numCache>`;
}

function categoryAxis({ categories }: Chart): string {
  return (
    `<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>` +
    `<c:numFmt formatCode="${xml(categories.format)}" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>` +
    `<c:tickLblPos val="low"/>${AXIS_LINE}${textProperties(900)}<c:crossAx val="222222222"/><c:crosses val="autoZero"/>` +
    `<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>`
  );
}

function valueAxis(chart: Chart): string {
  return (
    `<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>` +
    `<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="DDE3EC"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>` +
    `${titleXml(chart.axisTitle, 900, false)}<c:numFmt formatCode="${xml(chart.axisFormat)}" sourceLinked="0"/>` +
    `<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${AXIS_LINE}${textProperties(900)}` +
    `<c:crossAx val="111111111"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>`
  );
}

const AXIS_LINE = '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="8C9BB0"/></a:solidFill></a:ln></c:spPr>';

function fill(colour: string): string {
  return `<c:spPr><a:solidFill><a:srgbClr val="${colour}"/></a:solidFill></c:spPr>`;
}

function titleXml(text: string, size: number, bold: boolean): string {
  const properties = `<a:rPr lang="id-ID" sz="${size}" b="${bold ? 1 : 0}"><a:latin typeface="${FONT}"/></a:rPr>`;
  return (
    `<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="${size}" b="${bold ? 1 : 0}"/></a:pPr>` +
    `<a:r>${properties}<a:t>${xml(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`
  );
}

function textProperties(size: number): string {
  return `<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="${size}"><a:latin typeface="${FONT}"/></a:defRPr></a:pPr><a:endParaRPr lang="id-ID"/></a:p></c:txPr>`;
}

/** The drawing part that places the charts of a sheet; chart `n` is relation `rIdn`. */
export function drawingXml(charts: readonly Chart[]): string {
  const anchors = charts.map((chart, index) => {
    const corner = (name: string, { column, row }: { column: number; row: number }): string =>
      `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
    return (
      `<xdr:twoCellAnchor editAs="oneCell">${corner("from", chart.from)}${corner("to", chart.to)}<xdr:graphicFrame macro="">` +
      `<xdr:nvGraphicFramePr><xdr:cNvPr id="${index + 2}" name="${xml(chart.title)}" descr="${xml(chart.description)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>` +
      `<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>` +
      `<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rId${index + 1}"/></a:graphicData>` +
      `</a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`
    );
  });
  return `${XML_HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" ${NAMESPACES}>${anchors.join("")}</xdr:wsDr>`;
}
