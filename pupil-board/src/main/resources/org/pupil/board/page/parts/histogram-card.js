export class HistogramCard {}
