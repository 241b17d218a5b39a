"""A registry full of made-up people, for trying the clinic: three clinics, who works there, and whom they see."""
