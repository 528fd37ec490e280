/**
 * What everything that serves over HTTP is built on, be it a board, a studio or a labelling server:
 * where to listen, routes, parameters and JSON, and how requests are refused. Start at {@link
 * org.pupil.web.WebServer}.
 *
 * <p>Every answer has the headers that keep a page from loading anything from elsewhere, and every
 * request must name a host that is known ({@link org.pupil.web.WebSettings}). A request that cannot
 * be answered is a {@link org.pupil.web.RequestException}: its sentence is sent, and anything else
 * that is thrown is a fault, of which who asked hears nothing.
 */
@NullMarked
package org.pupil.web;

import org.jspecify.annotations.NullMarked;
