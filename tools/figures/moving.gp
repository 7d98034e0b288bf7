# Makes a figure move. A script draws every frame of its moving parts, then loads this file at its end:
#
#   plot for [k = 1:frames] ... , for [k = 1:frames] ... , what stands still
#   frames = 12; each = 0.6          # seconds a frame; the last one stays for three more
#   flips = '1a 1b'                  # the elements of plots a and b from the first: of these `frames`, only that of the frame is shown
#   grows = '13a'                    # the elements of plot a from the 13th: those of the frame and of all before it are shown
#   load moving
#
# A style in the SVG shows one after the other. Where nothing moves (in print, or when the reader has asked for stillness) the last frame is
# seen. An element without a single point is left out by gnuplot and would shift all that follow: draw at least one that cannot be seen.
unset output
if (!exists("flips")) flips = ''
if (!exists("grows")) grows = ''
period = each * frames + 3
element(layer, k) = sprintf('#gnuplot_plot_%d%s', layer[1:strlen(layer) - 1] + k - 1, layer[strlen(layer):])
css = '@keyframes frame{0%{opacity:1}'.sprintf('%.2f%%{opacity:0}}', 100 * each / period)
css = css.'@keyframes last{0%{opacity:1}'.sprintf('%.2f%%{opacity:0}}', 100 * (each + 3) / period)
do for [layer in flips] { do for [k = 1:frames - 1] { css = css.element(layer, k).'{opacity:0}' } }
css = css.'@media screen and (prefers-reduced-motion:no-preference){'
do for [k = 1:frames] {
  css = css.sprintf('@keyframes from%d{0%%{opacity:%d}%.2f%%{opacity:1}}', k, k == 1, 100 * each * (k - 1) / period)
  do for [layer in flips] {
    css = css.element(layer, k).sprintf('{opacity:0;animation:%s %.1fs %.1fs step-end infinite}', k < frames ? 'frame' : 'last', period, each * (k - 1))
  }
  do for [layer in grows] { css = css.element(layer, k).sprintf('{animation:from%d %.1fs step-end infinite}', k, period) }
}
css = css.'}'
system("sed 's|<desc>|<style>".css."</style>\\n<desc>|' '".out."' >'".out."x' && mv '".out."x' '".out."'")
