variable "zone" {
  type = string
}

variable "number" {
  type = number
}

resource "aws_route53_record" "this" {
  zone_id = var.zone
  name    = "mx${var.number}"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.${var.number + 1}"]
}
