// What a run is called for people: the folder that is shown has event files too, and the API calls that run '.'.
export const runName = (name) => (name === '.' ? '(this folder)' : name);

// How a report stands in the address.
export const reportKey = (report) => (report.run === '.' ? report.name : `${report.run}/${report.name}`);
