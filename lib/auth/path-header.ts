/** The path and query of a page that is asked for: the web server writes it over whatever a client sent under this name. */
export const PATH_HEADER = "x-fleetgauge-path";
