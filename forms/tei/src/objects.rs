// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Structs from and to JSON objects: a list is never read as one, and no member is written twice.

/// Implements `Deserialize` and `Serialize` for a struct, member by member:
///
/// - `required`: the member must be there;
/// - `optional`: `None` is not written, and null is read as `None`;
/// - `nullable`: `None` is not written, and null is read as `Some`;
/// - `integers` after it: numbers are read by their values, so that `1.0` is an integer;
/// - `..`: the members that have no field of their own.
macro_rules! object {
    ($name:ident {
        $($wire:literal => $field:ident: $presence:ident $($integers:ident)?,)*
        $(.. => $unnamed:ident: $all:ident $($all_integers:ident)?,)?
    }) => {
        const _: () = {
            const NAMES: &[&str] = &[$($wire),*];

            #[allow(non_camel_case_types)]
            enum __Member {
                $($field,)*
                Unnamed(crate::objects::object!(@name $($unnamed)?)),
            }

            struct __Name;

            impl<'de> ::serde::de::DeserializeSeed<'de> for __Name {
                type Value = __Member;

                fn deserialize<__D: ::serde::Deserializer<'de>>(
                    self,
                    deserializer: __D,
                ) -> ::std::result::Result<__Member, __D::Error> {
                    deserializer.deserialize_identifier(self)
                }
            }

            impl ::serde::de::Visitor<'_> for __Name {
                type Value = __Member;

                fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str("the name of a member")
                }

                fn visit_str<__E>(self, name: &str) -> ::std::result::Result<__Member, __E> {
                    ::std::result::Result::Ok(match name {
                        $($wire => __Member::$field,)*
                        _ => __Member::Unnamed(crate::objects::object!(@unnamed name $($unnamed)?)),
                    })
                }
            }

            struct __Object;

            impl<'de> ::serde::de::Visitor<'de> for __Object {
                type Value = $name;

                fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(concat!("struct ", stringify!($name)))
                }

                fn visit_map<__A: ::serde::de::MapAccess<'de>>(
                    self,
                    mut map: __A,
                ) -> ::std::result::Result<$name, __A::Error> {
                    $(let mut $field = ::std::option::Option::None;)*
                    $(let mut $unnamed = ::std::default::Default::default();)?
                    // No field has a name that begins so.
                    while let ::std::option::Option::Some(__member) = map.next_key_seed(__Name)? {
                        match __member {
                            $(__Member::$field => {
                                let value = crate::objects::object!(@value map $($integers)?);
                                if $field.replace(value).is_some() {
                                    return ::std::result::Result::Err(
                                        ::serde::de::Error::duplicate_field($wire),
                                    );
                                }
                            })*
                            __Member::Unnamed(name) => crate::objects::object!(
                                @rest map name $($unnamed: $all $($all_integers)?)?
                            ),
                        }
                    }
                    ::std::result::Result::Ok($name {
                        $($field: crate::objects::object!(@$presence $wire $field),)*
                        $($unnamed,)?
                    })
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<__D: ::serde::Deserializer<'de>>(
                    deserializer: __D,
                ) -> ::std::result::Result<Self, __D::Error> {
                    deserializer.deserialize_struct(stringify!($name), NAMES, __Object)
                }
            }

            impl ::serde::Serialize for $name {
                fn serialize<__S: ::serde::Serializer>(
                    &self,
                    serializer: __S,
                ) -> ::std::result::Result<__S::Ok, __S::Error> {
                    use ::serde::ser::SerializeMap as _;
                    #[allow(unused_mut)]
                    let mut map = serializer.serialize_map(::std::option::Option::None)?;
                    $(crate::objects::object!(@write $presence map $wire (self.$field));)*
                    $(for (name, value) in &self.$unnamed {
                        // A field has written its member.
                        if !NAMES.contains(&name.as_str()) {
                            map.serialize_entry(name, value)?;
                        }
                    })?
                    map.end()
                }
            }
        };
    };
    (@name) => { () };
    (@name $unnamed:ident) => { ::std::string::String };
    (@unnamed $name:ident) => { () };
    (@unnamed $name:ident $unnamed:ident) => { $name.to_owned() };
    (@value $map:ident) => { $map.next_value()? };
    (@value $map:ident integers) => { $map.next_value::<crate::integers::Read<_>>()?.0 };
    (@rest $map:ident $name:ident) => {{
        let () = $name;
        $map.next_value::<::serde::de::IgnoredAny>()?;
    }};
    (@rest $map:ident $name:ident $unnamed:ident: all $($integers:ident)?) => {{
        let value = crate::objects::object!(@value $map $($integers)?);
        ::std::iter::Extend::extend(&mut $unnamed, [($name, value)]);
    }};
    (@required $wire:literal $field:ident) => {
        match $field {
            ::std::option::Option::Some(value) => value,
            ::std::option::Option::None => {
                return ::std::result::Result::Err(::serde::de::Error::missing_field($wire));
            }
        }
    };
    (@optional $wire:literal $field:ident) => { $field.unwrap_or_default() };
    (@nullable $wire:literal $field:ident) => { $field };
    (@write required $map:ident $wire:literal $value:tt) => {
        $map.serialize_entry($wire, &$value)?
    };
    (@write $presence:ident $map:ident $wire:literal $value:tt) => {
        if let ::std::option::Option::Some(value) = &$value {
            $map.serialize_entry($wire, value)?;
        }
    };
}

pub(crate) use object;
