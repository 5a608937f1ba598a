"""What every figure is drawn with: colours, text that fits, marks for answers.

A figure carries its colours itself, so that any SVG renderer shows it. On the page, classes let the
style sheet choose the dark colours instead.
"""
